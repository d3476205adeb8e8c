import Configuration
import Events
import Testing

/// What must not be assumed.
extension InferenceTests {
    /// `count` records a second apart, with fields that depend on the number of the record.
    private func records(_ count: Int, _ fields: (Int) -> String) -> [String] {
        (0..<count).map {
            #"{"ts":\#(1_767_268_800_000 + $0 * 1000),\#(fields($0))}"#
        }
    }

    private func id(_ count: Int = 20, _ fields: (Int) -> String) -> FieldPath? {
        infer(records(count, fields)).dashboard.streams[0].id
    }

    /// A wrong `id` throws real events away.
    @Test(arguments: [
        "user_id", "bid", "trace.id", "session_uuid", "cursor", "correlationId", "grid",
    ])
    func noIdentity(name: String) {
        #expect(id { #""\#(name)":"abcdefgh-\#($0)""# } == nil)
        #expect(id { #""\#(name)":\#(5000 + $0 * 7 % 20)"# } == nil)
    }

    @Test(arguments: [
        "id", "_id", "uuid", "GUID", "event_id", "eventId", "MESSAGE_ID", "msg-id", "requestID",
        "req_id", "reqId", "__CURSOR",
    ])
    func identity(name: String) {
        #expect(id { #""\#(name)":"abcdefgh-\#($0)""# } == FieldPath(name))
        // Too few records, texts that are too short, and two that are alike.
        #expect(id(19) { #""\#(name)":"abcdefgh-\#($0)""# } == nil)
        #expect(id { #""\#(name)":"a-\#($0)""# } == nil)
        #expect(id { #""\#(name)":"abcdefgh-\#($0 / 2)""# } == nil)
    }

    @Test func numbersThatAreIdentities() {
        #expect(id { #""id":\#($0 * 7919 % 1000)"# } == FieldPath("id"))
        #expect(id { #""event_id":\#($0)"# } == FieldPath("event_id"))
        #expect(id { #""request_id":\#($0)"# } == nil)
        #expect(id { #""id":\#($0).5"# } == nil)
    }

    /// An `id` in an object is that object's.
    @Test func identitiesInObjects() {
        #expect(id { #""user":{"id":"abcdefgh-\#($0)"}"# } == nil)
        let path = FieldPath(steps: [.name("event"), .name("id")])
        #expect(id { #""event":{"id":"abcdefgh-\#($0)"}"# } == path)
    }

    /// Windows are those of the readings, however they come.
    @Test(arguments: [true, false])
    func historyInAPipe(isLive: Bool) throws {
        let lines = (0..<60).map { #"{"ts":\#(1_380_000_000 + $0 * 300),"x":\#($0 % 7)}"# }
        let inferred = infer(lines, isLive: isLive)
        #expect(try queries(inferred)["load"] == "rate() over 1h every 5m")
        #expect(inferred.assumptions.contains("windows of 1h every 5m"))
    }

    /// `tail -F` begins with lines of this morning.
    @Test func oldRecordsBeforeLiveOnes() throws {
        let lines = (0..<20).map { i in
            #"{"ts":\#(1_767_268_800 + (i < 5 ? i * 3000 : 20_000 + i)),"x":\#(i % 7)}"#
        }
        #expect(try queries(infer(lines))["load"] == "rate() over 10s every 1s")
    }

    @Test func aTimeRoundedDownIsNoStage() {
        let lines = (0..<40).map { i in
            let second = String(i / 4 + 100).dropFirst()
            return #"{"time":"2026-01-01T12:00:\#(second)+00:00","#
                + #""msec":\#(1_767_268_800 + i / 4).\#(100 + i % 4 * 250)}"#
        }
        let stream = infer(lines).dashboard.streams[0]
        #expect(stream.time == .field(FieldPath("msec"), TimeFormat(unit: .s)))
        #expect(stream.stages.isEmpty)
    }

    /// No dashboard can name a field whose name has a backtick or a line break, or is none.
    @Test(arguments: ["ti`me", "`", "", "`\u{301}", #"a\nb"#, String(repeating: "x", count: 2000)])
    func aNameThatCannotBeWritten(name: String) throws {
        let lines = records(20) { #""\#(name)":\#($0),"o":{"\#(name)":1},"x":\#($0 % 3)"# }
        let queries = try queries(infer(lines))
        #expect(!queries.isEmpty)
    }
}
