import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// Rules about the way that the data takes: on whole seconds of processing time.
@Suite struct HealthRuleTests {
    @Test func freshnessIsJudgedAtWholeSeconds() throws {
        var alert = try fixture("s.freshness > 2", ["freshness": .stream(0, .freshness)])
        alert.send([TestEvent(time: 0, key: "a", x: 1)], at: 500)
        // 2.0 s after the event nothing holds yet; it does at the next whole second.
        for tick in stride(from: Int64(600), through: 3_000, by: 100) {
            alert.apply(.tick, at: tick)
        }
        #expect(words(alert) == ["3 inactive→firing 2.5"])
        alert.send([TestEvent(time: 1, key: "a", x: 1)], at: 3_050)
        alert.apply(.tick, at: 4_000)
        #expect(words(alert).last == "4 firing→inactive 0.95")
    }

    @Test func countsAreThoseOfTheLastMinute() throws {
        var alert = try fixture("s.late > 1", ["late": .stream(0, .late)])
        alert.apply(.tick, at: 1_000)
        alert.send([TestEvent(time: 10_000, key: "a", x: 1)], at: 1_500)
        for late in [Int64(0), 1] {
            alert.send([TestEvent(time: late, key: "a", x: 1)], at: 1_600)
        }
        for second in 2...70 { alert.apply(.tick, at: Int64(second) * 1000) }
        // The books a minute before 61 s are those of 1 s, which had no late event; a minute before
        // 62 s there were two.
        #expect(words(alert) == ["2 inactive→firing 2", "62 firing→inactive 0"])
    }

    @Test func aSourceThatIsGone() throws {
        var alert = try fixture("s.sources_down > 0", ["sources_down": .stream(0, .sourcesDown)])
        alert.apply(.tick, at: 1_000)
        alert.apply(
            .source(SourceChange(stream: 0, source: "t", state: .disconnected("gone"))), at: 1_100)
        alert.apply(.tick, at: 2_000)
        alert.apply(
            .source(SourceChange(stream: 0, source: "t", state: .opened(partitions: [0]))),
            at: 2_500)
        alert.apply(.tick, at: 3_000)
        #expect(words(alert) == ["2 inactive→firing 1", "3 firing→inactive 0"])
    }

    @Test func everyOtherSecond() throws {
        var alert = try fixture(
            "s.freshness > 0", ["freshness": .stream(0, .freshness)], every: .seconds(5))
        alert.send([TestEvent(time: 0, key: "a", x: 1)], at: 500)
        for second in 1...9 { alert.apply(.tick, at: Int64(second) * 1000) }
        #expect(words(alert) == ["5 inactive→firing 4.5"])
    }

    @Test func lagIsPerPartition() throws {
        var plan = EnginePlan(
            streams: [StreamRules(name: "s", isBounded: false)],
            views: [ViewPlan(name: "v", stream: 0, query: .count(size: 1000, hop: 1000))])
        plan.lag = [LagPlan(name: "billing")]
        var rule = RulePlan(
            name: "behind", when: try Condition(parsing: "billing.lag > 100"), columns: [:])
        rule.measures = [FieldPath("billing", "lag"): .lag(0, .lag)]
        plan.rules = [rule]
        var engine = Engine(plan: plan)
        var changes: [String] = []
        func apply(_ content: EngineInput.Content, _ number: UInt64, at seconds: Double) {
            let now = Timestamp(rawValue: Int64(seconds * 1e9))
            for case .alert(_, let change) in engine.apply(
                EngineInput(number: number, receivedAt: now, content: content))
            {
                let groups = change.groups.map(\.description).joined(separator: "; ")
                changes.append("\(groups) \(change.transition.to) \(Int(change.value))")
            }
        }
        apply(.tick, 1, at: 1)
        let offsets = [(0, 150), (1, 151)].map { partition, end in
            PartitionOffsets(topic: "t", partition: partition, committed: 50, logStart: 0, end: end)
        }
        let answer = LagSample.Answer.offsets(offsets, members: 1)
        apply(.lag(LagSample(probe: 0, group: "g", answer: answer)), 2, at: 1.5)
        apply(.tick, 3, at: 2)
        #expect(changes == ["g · t · 1 firing 101"])
    }

    private func fixture(
        _ when: String, _ measures: [String: HealthMeasure], every: Nanoseconds? = nil
    ) throws -> EngineFixture {
        var plan = RulePlan(
            name: "health", when: try Condition(parsing: when), columns: [:], every: every)
        for (name, measure) in measures { plan.measures[FieldPath("s", name)] = measure }
        return EngineFixture(
            query: Query(
                aggregates: [Aggregate(function: .count, name: "n")], keys: [FieldPath("key")],
                window: Window(size: .seconds(1), hop: .seconds(1))),
            bounded: false, alerts: [plan])
    }

    private func words(_ fixture: EngineFixture) -> [String] {
        fixture.alerts.map {
            let value = ($0.value * 100).rounded() / 100
            let text = value == value.rounded() ? "\(Int(value))" : "\(value)"
            let at = $0.transition.at.rawValue / 1_000_000_000
            return "\(at) \($0.transition.from)→\($0.transition.to) \(text)"
        }
    }
}
