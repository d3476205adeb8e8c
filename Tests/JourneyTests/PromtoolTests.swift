import Foundation
import TestSeeds
import Testing

/// Prometheus's own evaluator as the oracle of a rule's states, over random series with gaps.
///
/// weir runs the rules over the series as events; what its alert lines say is written down as a
/// test of promtool's, which then says each time at which Prometheus is in another state. Twenty
/// series and ten rules a run; every pair is a state machine of its own.
@Suite struct PromtoolTests {
    private static let promtool = "/usr/bin/promtool"
    /// A multiple of every `every`, so that Prometheus's time zero is one of weir's times, too.
    private static let epoch = 1_767_225_600
    private static let series = 20
    private static let rules = 10
    private static let times = 60

    @Test(arguments: seeds(3), [10, 30]) func statesAreThoseOfPrometheus(
        seed: UInt64, every: Int
    ) throws {
        try #require(
            FileManager.default.isExecutableFile(atPath: Self.promtool), "prometheus is missing")
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let trial = Trial(seed: seed, every: every)
        let dashboard = folder.appendingPathComponent("rules.yaml")
        try trial.dashboard.write(to: dashboard, atomically: true, encoding: .utf8)
        let result = try runWeir(
            ["watch", dashboard.path, "--no-follow", "--headless"], input: trial.events)
        try #require(result.status == 0, "\(result.err)")

        let states = try trial.states(printed: result.out)
        // An oracle that sees nothing happen agrees with everything.
        #expect(states.filter { $0.contains("firing") }.count > Self.times / 2)
        try trial.rules.write(
            to: folder.appendingPathComponent("rules.yml"), atomically: true, encoding: .utf8)
        let test = folder.appendingPathComponent("test.yml")
        try trial.test(expecting: states).write(to: test, atomically: true, encoding: .utf8)
        let verdict = try runProgram([Self.promtool, "test", "rules", test.path])
        #expect(verdict.status == 0, "\(verdict.out.prefix(4_000))\(verdict.err.prefix(4_000))")
    }

    /// Random series and rules.
    private struct Trial {
        struct Rule {
            var name: String
            var threshold: Int
            var holdSeconds: Int
            var keepSeconds: Int
        }

        let every: Int
        /// By series and time; nil is a gap.
        let values: [[Int?]]
        let drawn: [Rule]

        init(seed: UInt64, every: Int) {
            var random = SplitMix(seed: seed)
            self.every = every
            // Long stretches on one side and short ones, so that each duration is met and missed.
            values = (0..<PromtoolTests.series).map { _ in
                let restlessness = random.pick([2, 4, 8, 16])
                let gaps = random.pick([3, 10, 40])
                var value = random.number(0..<10)
                return (0..<PromtoolTests.times).map { _ in
                    if random.once(in: restlessness) { value = random.number(0..<10) }
                    return random.once(in: gaps) ? nil : value
                }
            }
            // On, just below and just above the multiples of `every`, and none at all.
            func duration(_ random: inout SplitMix) -> Int {
                guard !random.once(in: 4) else { return 0 }
                return max(0, random.number(0..<6) * every + random.pick([-1, 0, 0, 0, 1]))
            }
            drawn = (0..<PromtoolTests.rules).map { number in
                Rule(
                    name: "r\(number)", threshold: random.number(1..<9),
                    holdSeconds: duration(&random), keepSeconds: duration(&random))
            }
        }

        var dashboard: String {
            let rules = drawn.map {
                "  \($0.name): { when: v.value > \($0.threshold), for: \($0.holdSeconds)s, "
                    + "keep_firing_for: \($0.keepSeconds)s, every: \(every)s }\n"
            }
            return """
                version: 1
                streams: { all: { from: stdin, time: ts, out_of_orderness: 0s } }
                views:
                  v: last(value) as value by series over \(every)s
                alerts:
                \(rules.joined())
                """
        }

        var rules: String {
            "groups:\n- name: all\n  rules:\n"
                + drawn.map {
                    """
                      - alert: \($0.name)
                        expr: v > \($0.threshold)
                        for: \($0.holdSeconds)s
                        keep_firing_for: \($0.keepSeconds)s

                    """
                }.joined()
        }

        /// A second before the time that it is the value of; `tick` moves the watermark where all
        /// series have a gap.
        var events: String {
            (1..<PromtoolTests.times).map { time in
                let at = PromtoolTests.epoch + time * every - 1
                return values.indices.map { number in
                    values[number][time].map {
                        #"{"ts":\#(at),"series":"s\#(number)","value":\#($0)}"# + "\n"
                    } ?? ""
                }.joined() + #"{"ts":\#(at),"series":"tick","value":-1}"# + "\n"
            }.joined()
        }

        /// What `ALERTS` is at each time, by weir's alert lines: `r3 s7 firing`, one a line.
        func states(printed: String) throws -> [String] {
            var changes: [[(alert: String, state: String)]] = Array(
                repeating: [], count: PromtoolTests.times)
            let clock = ISO8601DateFormatter()
            clock.formatOptions.insert(.withFractionalSeconds)
            for line in printed.split(separator: "\n") {
                let row = try JSONSerialization.jsonObject(with: Data(line.utf8))
                guard let row = row as? [String: Any], row["kind"] as? String == "alert" else {
                    continue
                }
                let at = try #require((row["at"] as? String).flatMap(clock.date(from:)))
                let name = try #require(row["alert"] as? String)
                let group = try #require((row["groups"] as? [[String: String]])?.first?["series"])
                let offset = Int(at.timeIntervalSince1970) - PromtoolTests.epoch
                try #require(offset % every == 0)
                // The stream's end is no time of the series.
                guard offset / every < PromtoolTests.times else { continue }
                changes[offset / every].append(
                    ("\(name) \(group)", try #require(row["state"] as? String)))
            }
            var current: [String: String] = [:]
            return changes.map { changes in
                for (alert, state) in changes {
                    current[alert] = state == "pending" || state == "firing" ? state : nil
                }
                return current.map { "\($0.key) \($0.value)" }.sorted().joined(separator: "\n")
            }
        }

        func test(expecting states: [String]) -> String {
            let series = values.indices.map { number in
                let words = values[number].map { $0.map(String.init) ?? "stale" }
                return """
                        - series: 'v{series="s\(number)"}'
                          values: 'stale \(words.dropFirst().joined(separator: " "))'

                    """
            }
            let tests = (1..<PromtoolTests.times).map { time in
                let samples = states[time].split(separator: "\n").map { line in
                    let words = line.split(separator: " ")
                    return """
                              - labels: 'ALERTS{alertname="\(words[0])",\
                        alertstate="\(words[2])",series="\(words[1])"}'
                                value: 1

                        """
                }
                return """
                        - expr: ALERTS
                          eval_time: \(time * every)s
                          exp_samples:\(samples.isEmpty ? " []" : "")

                    """ + samples.joined()
            }
            return """
                rule_files: [rules.yml]
                evaluation_interval: \(every)s
                tests:
                  - interval: \(every)s
                    input_series:
                \(series.joined())    promql_expr_test:
                \(tests.joined())
                """
        }
    }
}
