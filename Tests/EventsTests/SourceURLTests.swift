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

    /// What stands behind the host is the server's, as it stands.
    @Test func aWebAddress() throws {
        let url = try #require(try SourceURL("https://me:${P}@h:8443/a%20b?start=1&x=,#part"))
        #expect(url.target == "/a%20b?start=1&x=," && url.options.isEmpty && url.path == "")
        #expect(url.hosts == [SourceURL.Host(name: "h", port: 8443)])
        #expect(url.user == "me" && url.password == .environment("P"))
        #expect(try SourceURL("http://[::1]")?.target == "/")
        #expect(try SourceURL("http://h?q=1")?.target == "/?q=1")
    }

    @Test(arguments: [
        "http://h/a b", "http://h/?token=geheim", "http://h/?a=1&API_KEY=geheim",
        "https://h/?access_token=geheim", "http://h/\u{7F}", "redis://h:0/s", "redis://h:65536/s",
        "redis://::1/s", "redis://[::1/s", "redis://a b/s",
        "redis://[::1]1/s", "redis://h/%4", "redis://h/%xy", "redis://u:geheim@h/s",
    ])
    func whatIsNone(_ text: String) {
        let problem = #expect(throws: SourceURL.Problem.self) { try SourceURL(text) }
        #expect(problem?.message.contains("geheim") == false)
    }
}
