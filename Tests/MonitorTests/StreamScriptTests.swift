import Foundation
import Testing

@testable import Monitor

@Suite struct StreamScriptTests {
    private static let folder = Repository.path("Tests/MonitorTests/Scripts")
    static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".script") }.sorted()

    @Test(arguments: files) func script(file: String) throws {
        let text = try String(contentsOfFile: Self.folder + "/" + file, encoding: .utf8)
        #expect(StreamScript.problem(in: text) == nil)
    }

    @Test func thereAreScripts() { #expect(Self.files.count >= 5) }

    @Test func aWrongExpectationFails() {
        let text = "query count() over 1s\nat 0s event t=0s\nexpect window [0s,1s) count=1 on_time"
        #expect(
            StreamScript.problem(in: text)
                == "line 3: expect window [0s,1s) count=1 on_time\n  fired: nothing")
    }

    @Test func whatNobodyExpectsIsAProblem() {
        let text = "query count() over 1s\nat 0s event t=0s\nat 0s event t=1s\n"
        #expect(
            StreamScript.problem(in: text)
                == "at the end: nobody expected\n  window [0s,1s) count=1 on_time")
    }

    @Test(arguments: [
        "at 0s tick", "query count( over 1s", "query count()\nat 3", "query count()\nat x tick",
        "query count()\nat 2s tick\nat 1s tick", "query count()\nat 1s event t",
        "query count()\nat 1s rain", "query count()\nexpect", "query count()\nexpect rain",
        "query count()\nquery count()", "stream wide", "rain", " ",
    ])
    func whatIsNoStepIsSaid(text: String) {
        let last = text.split(separator: "\n").count
        #expect(StreamScript.problem(in: text)?.hasPrefix("line \(last): ") == true)
    }
}
