import Configuration
import Events
import Testing

/// Keys, errors, quantities, and what there is most of.
extension InferenceTests {
    private func queries(_ count: Int, _ fields: (Int) -> String) throws -> [String: String] {
        let lines = (0..<count).map {
            #"{"ts":\#(1_767_268_800_000 + $0 * 1000),\#(fields($0))}"#
        }
        return try queries(infer(lines))
    }

    private func syslog(_ priority: String) throws -> String? {
        let lines = (0..<30).map {
            "\(priority)Nov 25 15:01:\(10 + $0) vm app\($0 % 3)[12]: step \($0)"
        }
        return try queries(infer(lines))["errors"]
    }

    @Test func errorsOfSyslog() throws {
        let errors = try #require(try syslog("<30>"))
        #expect(errors.contains(#"count(severity in ["emerg", "alert", "crit", "err"]) as errors"#))
        #expect(errors.contains(" by app "))
        // No priority, no severity.
        #expect(try syslog("") == nil)
    }

    @Test(arguments: [
        (["INFO", "WARN"], #"["ERROR"]"#), (["Info", "Warn"], #"["Error"]"#),
        (["info", "fatal"], #"["fatal", "error"]"#),
        (["info", "notice"], #"["emerg", "alert", "crit", "err", "error"]"#),
    ])
    func errorsAsTheyAreWritten(levels: [String], errors: String) throws {
        let found = try queries(20) {
            #""level":"\#(levels[$0 % 2])","host":"\#($0 % 3 == 0 ? "a" : "b")""#
        }
        #expect(found["errors"]?.contains("count(level in \(errors)) as errors") == true)
        #expect(found["errors"]?.contains("by host") == true)
    }

    @Test func aLevelWithoutAValueIsNone() throws {
        #expect(try queries(20) { #""level":null,"n":\#($0 % 3)"# }["errors"] == nil)
    }

    /// A table of errors by the field that tells them says nothing.
    @Test func pino() throws {
        let only = try queries(30) { #""level":\#($0 % 5 == 0 ? 50 : 30)"# }
        #expect(only["load"]?.contains("by level") == true && only["errors"] == nil)
        let found = try queries(30) {
            #""level":\#($0 % 5 == 0 ? 50 : 30),"responseTime":\#($0 % 7).5,"#
                + #""msg":"\#(["done", "miss", "hit"][$0 % 3])""#
        }
        #expect(found["errors"]?.hasPrefix("count(level >= 50) as errors") == true)
        #expect(found["errors"]?.contains("by msg") == true)
        #expect(found["latency"]?.contains("p99(responseTime)") == true)
        #expect(found["value"] == nil)
    }

    @Test func namesInCamelCase() throws {
        let found = try queries(30) {
            #""statusCode":\#($0 % 9 == 0 ? 503 : 200),"durationMs":\#($0 % 7),"#
                + #""site":"\#($0 % 2)a""#
        }
        #expect(found["errors"]?.contains("statusCode >= 500") == true)
        #expect(found["latency"]?.contains("p99(durationMs)") == true)
    }

    /// The key doesn't depend on how many records there were to see.
    @Test(arguments: [15, 40, 57, 400])
    func theSameKeyInAnySample(count: Int) throws {
        let found = try queries(count) {
            #""uri":"/\#($0 * 7 % (count < 30 ? 10 : 13))","status":\#([200, 404, 500][$0 % 3])"#
        }
        #expect(found["load"] == "rate() by uri over 10s every 1s")
    }

    @Test func whatTopIsNotOf() throws {
        let found = try queries(100) {
            #""uri":"/\#($0 % 5)","took":"0.0\#($0 % 40)","up":"10.0.0.\#($0 % 30):8080","#
                + #""at":"2020-01-01T12:00:\#(10 + $0 % 20)Z","#
                + #""level":"\#($0 % 2 == 0 ? "a" : "b")""#
        }
        #expect(found["top"] == nil)
        let named = try queries(100) {
            #""uri":"/\#($0 % 5)","words":"w\#($0 % 40)","host":"h\#($0 % 3)""#
        }
        #expect(named["top"]?.contains("by host") == true)
    }

    @Test func countersAreNoQuantities() throws {
        let found = try queries(30) {
            #""icmp_seq":\#($0 + ($0 > 9 ? 2 : 1)),"bid":1.0\#($0 * 7 % 10)"#
        }
        #expect(found["value"]?.hasPrefix("avg(bid) as mean") == true && found["value_2"] == nil)
    }

    @Test func jsonOverSeveralLines() {
        let object = infer(["{", "  \"a\": 1", "}", "{", "  \"a\": 2", "}"]).assumptions[0]
        #expect(object.hasSuffix("JSON over several lines? make it one record a line: jq -c ."))
        let array = infer(["[", "  {", "    \"a\": 1", "  }", "]"]).assumptions[0]
        #expect(array.hasSuffix("make it one record a line: jq -c '.[]'"))
        let log = infer(["[2026-01-01] failed", "  at foo", "  at bar"]).assumptions[0]
        #expect(!log.contains("jq"))
    }
}
