import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// A rule of a sequence: events in the order of event time, whatever order they come in.
@Suite struct SequenceRuleTests {
    /// `x > 7`, then `x < 0`, per key within 10 s.
    private func fixture(
        absent: String? = nil, rule: AlertRule = AlertRule(), bounded: Bool = false,
        _ change: (inout StreamRules) -> Void = { _ in }
    ) throws -> EngineFixture {
        var steps = [
            SequenceRule.Step(try Expression(condition: "x > 7")),
            SequenceRule.Step(try Expression(condition: "x < 0")),
        ]
        if let absent {
            let step = SequenceRule.Step(try Expression(condition: absent), isAbsent: true)
            steps.insert(step, at: 1)
        }
        var plan = RulePlan(
            name: "sequence", when: try Condition(parsing: "matches > 0"), columns: [:],
            rule: rule)
        plan.sequence = SequenceRule(
            stream: 0, steps: steps, keys: [FieldPath("key")], within: .seconds(10))
        return EngineFixture(
            query: .count(size: 1000, hop: 1000), bounded: bounded, alerts: [plan], change)
    }

    private func words(_ fixture: EngineFixture) -> [String] {
        fixture.alerts.map(AlertFixture.words)
    }

    @Test func itFiresAtTheFirstTAfterItsEndAndIsResolvedAtTheNext() throws {
        var fixture = try fixture()
        fixture.send(AlertFixture.events("a 1 9, b 1 9, a 2.5 -1, b 4 1, b 5 1"))
        #expect(words(fixture) == ["3 a inactive→firing", "4 a firing→inactive"])
        let change = try #require(fixture.alerts.first)
        #expect(change.value == 1 && change.events == 2)
        #expect(change.window?.lowerBound.rawValue == 1_000_000_000)
    }

    @Test func aMatchThatEndsAtTIsOfTheNext() throws {
        var fixture = try fixture(rule: AlertRule(keepFiringFor: .seconds(5)))
        fixture.send(AlertFixture.events("a 1 9, a 3 -1, b 30 1"))
        #expect(words(fixture) == ["4 a inactive→firing", "10 a firing→inactive"])
    }

    @Test func eventsAreTakenInTheOrderOfEventTime() throws {
        var fixture = try fixture { $0.outOfOrderness = .seconds(5) }
        // The end comes first.
        fixture.send(AlertFixture.events("a 2 -1, a 1 9"))
        #expect(words(fixture) == [])
        fixture.send(AlertFixture.events("b 20 1"))
        #expect(words(fixture) == ["3 a inactive→firing", "4 a firing→inactive"])
        var other = try self.fixture { $0.outOfOrderness = .seconds(5) }
        other.send(AlertFixture.events("a 1 -1, a 2 9, b 20 1"))
        #expect(words(other) == [])
    }

    @Test func oneBehindTheWatermarkIsCountedAndLeftOut() throws {
        var fixture = try fixture()
        fixture.send(AlertFixture.events("a 2 9, b 5 1, a 3 -1, b 20 1"))
        #expect(words(fixture) == [])
        #expect(fixture.snapshot.alerts[0].missed == 1)
    }

    @Test func chunksDoNotMatter() throws {
        let text = "a 1 9, b 1.5 9, a 2 3, b 2.2 -1, a 2.4 9, a 3 -1, b 9 9, b 20 -1, a 40 1"
        var whole = try fixture(absent: "x == 3")
        whole.send(AlertFixture.events(text))
        var pieces = try fixture(absent: "x == 3")
        for event in AlertFixture.events(text) { pieces.send([event]) }
        #expect(words(whole) == words(pieces))
        #expect(
            words(whole) == [
                "3 b inactive→firing", "4 a inactive→firing", "4 b firing→inactive",
                "5 a firing→inactive",
            ])
    }

    @Test func aBoundedStreamHasNoTBehindItsLastEvent() throws {
        var fixture = try fixture(bounded: true)
        fixture.send(AlertFixture.events("a 1 9, a 2.5 -1"))
        fixture.end()
        #expect(words(fixture) == ["3 a inactive→firing"])
    }

    @Test func waitingEventsAreBounded() throws {
        var fixture = try fixture { $0.outOfOrderness = .seconds(1_000) }
        let text = (0...SequenceState.bufferLimit).map { "a 0.\(1000 + $0) 9" }
        fixture.send(AlertFixture.events(text.joined(separator: ",")))
        #expect(fixture.snapshot.alerts[0].missed == 1)
    }
}
