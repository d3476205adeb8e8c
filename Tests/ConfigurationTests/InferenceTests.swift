import Configuration
import Events
import Testing

/// Dashboards for streams that nobody made one for.
@Suite struct InferenceTests {
    func infer(
        _ lines: [String], from: String = "stdin", isLive: Bool = true
    ) -> InferredDashboard {
        InferredDashboard(
            sample: Array((lines.joined(separator: "\n") + "\n").utf8), from: from, isLive: isLive,
            now: Timestamp(rawValue: 1_800_000_000_000_000_000))
    }

    /// What was inferred can be written as a file, and reads back as the same.
    func queries(_ inferred: InferredDashboard) throws -> [String: String] {
        let text = inferred.dashboard.yaml
        let again = try Dashboard(reading: text, file: "inferred.yaml")
        #expect(again.yaml == text)
        return Dictionary(uniqueKeysWithValues: again.views.map { ($0.name, $0.text) })
    }

    private let access = (0..<100).map { i in
        #"{"time":"2026-01-01T12:00:\#(i < 50 ? "0" : "1")\#(i % 10).000Z","#
            + #""request_id":"req-000\#(i)","uri":"/\#(["a", "b", "c"][i % 3])","#
            + #""status":\#(i % 20 == 0 ? 502 : 200),"#
            + #""request_time":0.\#(i % 9 + 1),"bytes":\#(100 + i * 7 % 90)}"#
    }

    @Test func anAccessLog() throws {
        let inferred = infer(access, from: "access.json", isLive: false)
        let stream = inferred.dashboard.streams[0]
        #expect(stream.format == .json && stream.id == FieldPath("request_id"))
        #expect(stream.time == .field(FieldPath("time"), TimeFormat()))
        // The tenth second begins anew nine seconds earlier.
        #expect(stream.outOfOrderness == .seconds(10))
        let queries = try queries(inferred)
        #expect(queries["load"] == "rate() by uri over 10s every 1s")
        #expect(queries["latency"]?.contains("p99(request_time), count() by uri") == true)
        #expect(queries["errors"]?.contains("count(status >= 500) as errors") == true)
        #expect(queries["value"]?.contains("avg(bytes) as mean") == true)
        #expect(inferred.assumptions.contains("errors are `status >= 500`"))
    }

    @Test func stagesAndEpochs() throws {
        let lines = (0..<40).map { i in
            let t = 1_767_268_800_000 + i * 100
            return
                #"{"ts":\#(t),"stages":{"stored":\#(t + 60),"created":\#(t),"broker":\#(t + 5)},"#
                + #""type":"\#(i % 2 == 0 ? "a" : "b")","bytes":\#(1_000_000_000 + i)}"#
        }
        let stream = infer(lines).dashboard.streams[0]
        #expect(stream.time == .field(FieldPath("ts"), TimeFormat(unit: .ms)))
        #expect(
            stream.stages.map(\.name) == ["stages.created", "stages.broker", "stages.stored"])
        #expect(stream.outOfOrderness == .zero)
        let panels = infer(lines).dashboard.rows.flatMap(\.panels).map(\.content)
        #expect(panels.contains(.latency(stream: 0)))
    }

    @Test func logfmt() throws {
        let lines = (0..<60).map { i in
            "ts=2026-01-01T12:00:00.\(100 + i)Z level=\(i % 6 == 0 ? "error" : "info") "
                + "cmd=\(i % 4 == 0 ? "SET" : "GET") took_ms=\(i).5 msg=\"a = b\""
        }
        let inferred = infer(lines)
        let queries = try queries(inferred)
        #expect(inferred.dashboard.streams[0].format == .logfmt)
        #expect(queries["load"] == "rate() by cmd over 10s every 1s")
        #expect(queries["errors"]?.contains(#"count(level in ["error"]) as errors"#) == true)
        #expect(queries["latency"]?.contains("p99(took_ms)") == true)
    }

    /// A reading each five minutes: windows are of an hour, not of seconds.
    @Test func aSlowSeriesInAFile() throws {
        let lines =
            ["timestamp,value"]
            + (0..<200).map { i in
                "2026-01-\(10 + i / 288) \(String(i / 12 + 100).dropFirst()):"
                    + "\(String(i % 12 * 5 + 100).dropFirst()):00,\(70 + i % 7).5"
            }
        let inferred = infer(lines, from: "heat.csv", isLive: false)
        let queries = try queries(inferred)
        #expect(
            queries["value"]
                == "avg(value) as mean, min(value) as low, max(value) as high over 1h every 5m")
        #expect(inferred.dashboard.streams[0].format == .csv)
        #expect(infer(lines).dashboard.streams[0].format == .csv)
    }

    @Test(arguments: [
        ["hello world", "how are you"], ["1 2 3", "4 5 6"], ["<a/>", "<b/>"], ["x"],
    ])
    func whatCannotBeUnderstoodIsShown(lines: [String]) throws {
        let inferred = infer(lines)
        _ = try queries(inferred)
        #expect(
            inferred.dashboard.rows.flatMap(\.panels).map(\.content) == [.deadLetters(stream: 0)])
        #expect(
            inferred.dashboard.rows.flatMap(\.panels).map(\.title)
                == ["lines, as they are: no format fits"])
        #expect(inferred.assumptions[0].hasPrefix("no format fits"))
        #expect(!inferred.assumptions[0].contains("jq"))
    }

    /// Nothing that looks like a number of a thing, or has but one value, becomes a key.
    @Test func withoutTimeOrKey() throws {
        let lines = (0..<30).map { #"{"pid":\#(100 + $0 % 3),"always":"x","n":\#($0)}"# }
        let inferred = infer(lines)
        #expect(inferred.dashboard.streams[0].time == .arrival)
        #expect(try queries(inferred)["load"] == "rate() over 10s every 1s")
    }

    @Test func oddNamesAreQuoted() throws {
        let lines = (0..<40).map {
            #"{"@timestamp":"2026-01-01T12:00:00Z","kind of: #":"\#($0 % 2 == 0 ? "a" : "b")"}"#
        }
        #expect(try queries(infer(lines))["load"] == "rate() by `kind of: #` over 10s every 1s")
    }
}
