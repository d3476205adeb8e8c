import Foundation
import Testing

@Suite struct StreamScriptTests {
    private static let folder = Repository.path("Tests/MonitorTests/Scripts")
    static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".script") }.sorted()

    @Test(arguments: files) func script(file: String) throws {
        let text = try String(contentsOfFile: Self.folder + "/" + file, encoding: .utf8)
        try StreamScript.run(text)
    }

    @Test func thereAreScripts() { #expect(Self.files.count >= 5) }

    @Test func aWrongExpectationFails() {
        let text = "query count() over 1s\nat 0s event t=0s\nexpect window [0s,1s) count=1 on_time"
        #expect(throws: StreamScript.Failure.self) { try StreamScript.run(text) }
    }
}
