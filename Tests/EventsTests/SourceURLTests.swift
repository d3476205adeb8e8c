import Testing

@testable import Events

@Suite struct SourceURLTests {
    @Test func everyPart() throws {
        let url = try #require(
            try SourceURL("kafka://me%40x:${P_1}@a:9092,[::1]:1,b/t%20t/u?start=end&pubsub"))
        #expect(url.scheme == .kafka)
        #expect(url.user == "me@x")
        #expect(url.password == .environment("P_1"))
        #expect(url.hosts.map(\.name) == ["a", "::1", "b"])
        #expect(url.hosts.map(\.port) == [9092, 1, nil])
        #expect(url.path == "t t/u")
        #expect(url.options.map(\.name) == ["start", "pubsub"])
        #expect(url.options.map(\.value) == ["end", "true"])
    }

    @Test func littleIsEnough() throws {
        let url = try #require(try SourceURL("redis://h"))
        #expect(url.hosts == [SourceURL.Host(name: "h")])
        #expect(url.path == "" && url.user == nil && url.password == nil)
        #expect(try SourceURL("redis://:file:p@h/s")?.password == .file("p"))
        #expect(try SourceURL("events.ndjson") == nil)
        #expect(try SourceURL("exec:cat kafka://a") == nil)
    }

    @Test(arguments: [
        "redis://h:0/s", "redis://h:65536/s", "redis://::1/s", "redis://[::1/s", "redis://a b/s",
        "redis://[::1]1/s", "redis://h/%4", "redis://h/%xy", "redis://u:geheim@h/s",
    ])
    func whatIsNone(_ text: String) {
        let problem = #expect(throws: SourceURL.Problem.self) { try SourceURL(text) }
        #expect(problem?.message.contains("geheim") == false)
    }
}
