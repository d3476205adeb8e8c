import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// Silences, acknowledgements and inhibition: they change who is told, never a state.
@Suite struct AttentionTests {
    /// `hot` by key, and `stale` about the stream, which inhibits it where asked to.
    private func fixture(inhibits: Bool = false, across: Across? = nil) throws -> EngineFixture {
        var hot = RulePlan(
            name: "hot", when: try Condition(parsing: "v.x > 80"),
            columns: [FieldPath("v", "x"): ViewColumn(view: 0, aggregate: 0)],
            rule: AlertRule(across: across))
        if inhibits { hot.inhibitedBy = [1] }
        let very = RulePlan(
            name: "very", when: try Condition(parsing: "v.x > 100"),
            columns: [FieldPath("v", "x"): ViewColumn(view: 0, aggregate: 0)])
        let query = Query(
            aggregates: [Aggregate(function: .max, argument: .field(FieldPath("x")), name: "x")],
            keys: [FieldPath("key")], window: Window(size: .seconds(1), hop: .seconds(1)))
        return EngineFixture(query: query, bounded: false, alerts: [hot, very])
    }

    private func target(_ rule: String?, _ group: String? = nil) -> AlertTarget {
        AlertTarget(rule: rule, group: group.map { Key([.string($0)]) })
    }

    /// The mute of a group of the first rule.
    private func mute(_ fixture: EngineFixture, _ group: String, rule: Int = 0) -> Mute? {
        fixture.snapshot.alerts[rule].groups.first { $0.key == Key([.string(group)]) }?.mute
    }

    @Test func aSilenceIsOfItsTargetAndEndsInItsTime() throws {
        var fixture = try fixture()
        fixture.send(AlertFixture.events("a 0 90, b 0 90, a 1 90"), at: 1_000)
        let silence = Silence(
            target: target("hot", "a"), until: Timestamp(rawValue: 5_000_000_000),
            reason: "known", by: "anna")
        fixture.apply(.operator(.silence(silence)), at: 2_000)
        guard case .silenced(let found)? = mute(fixture, "a") else {
            Issue.record("`a` is not silenced")
            return
        }
        #expect(found.number == fixture.number && found.reason == "known")
        #expect(mute(fixture, "b") == nil)
        #expect(fixture.snapshot.alerts[0].firing == 2)
        // One nanosecond before its end it holds; at its end it is over.
        fixture.apply(.tick, at: 4_999)
        #expect(mute(fixture, "a") != nil)
        fixture.apply(.tick, at: 5_000)
        #expect(mute(fixture, "a") == nil)
        #expect(fixture.snapshot.silences == [])
    }

    @Test func aSilenceOfAllIsOfWhatFiresLaterToo() throws {
        var fixture = try fixture()
        let silence = Silence(
            target: target(nil), until: Timestamp(rawValue: 9_000_000_000), reason: "moving",
            by: "anna")
        fixture.apply(.operator(.silence(silence)), at: 500)
        fixture.send(AlertFixture.events("a 0 120, a 1 120"), at: 1_000)
        #expect(mute(fixture, "a") != nil && mute(fixture, "a", rule: 1) != nil)
        fixture.apply(
            .operator(.unsilence(fixture.snapshot.silences[0].number, by: "anna")), at: 1_500)
        #expect(mute(fixture, "a") == nil && mute(fixture, "a", rule: 1) == nil)
    }

    @Test func anAcknowledgementLastsUntilItIsResolved() throws {
        var fixture = try fixture()
        fixture.send(AlertFixture.events("a 0 90, a 1 90"), at: 1_000)
        fixture.apply(.operator(.acknowledge(target("hot", "a"), by: "bob")), at: 1_100)
        #expect(
            mute(fixture, "a")
                == .acknowledged(
                    by: "bob", at: Timestamp(rawValue: 1_100_000_000 + Int64(fixture.number))))
        fixture.send(AlertFixture.events("a 2 0, a 3 90, a 4 90"), at: 2_000)
        // It was resolved and fires anew: nobody has that in hand.
        #expect(fixture.snapshot.alerts[0].firing == 1)
        #expect(mute(fixture, "a") == nil)
        fixture.apply(.operator(.acknowledge(target("hot", "a"), by: "bob")), at: 2_100)
        fixture.apply(.operator(.withdraw(target("hot", "a"), by: "bob")), at: 2_200)
        #expect(mute(fixture, "a") == nil)
    }

    @Test func aGroupIsInhibitedWhileTheSameGroupOfTheOtherFires() throws {
        var fixture = try fixture(inhibits: true)
        fixture.send(AlertFixture.events("a 0 120, b 0 90, a 1 90"), at: 1_000)
        #expect(mute(fixture, "a") == .inhibited(by: "very"))
        #expect(mute(fixture, "b") == nil)
        fixture.send(AlertFixture.events("b 1 90, a 2 90"), at: 2_000)
        #expect(mute(fixture, "a") == nil)
    }

    @Test func theOneAlertOfSeveralGroupsIsInhibitedWithAllOfThem() throws {
        var fixture = try fixture(inhibits: true, across: .count(2))
        fixture.send(AlertFixture.events("a 0 120, b 0 90, a 1 90"), at: 1_000)
        #expect(fixture.snapshot.alerts[0].phase == .firing)
        #expect(fixture.snapshot.alerts[0].mute == nil)
        fixture.send(AlertFixture.events("a 1 120, b 1 120, a 2 0"), at: 2_000)
        #expect(fixture.snapshot.alerts[0].mute == .inhibited(by: "very"))
    }

    @Test func changesAreEffects() throws {
        var fixture = try fixture()
        fixture.send(AlertFixture.events("a 0 90, a 1 90"), at: 1_000)
        let silence = Silence(
            target: target("hot"), until: Timestamp(rawValue: 3_000_000_000), reason: "r", by: "b")
        let begun = fixture.engine.apply(
            EngineInput(
                number: 100, receivedAt: Timestamp(rawValue: 2_000_000_000),
                content: .operator(.silence(silence))))
        let place = AlertPlace(rule: 0, group: Key([.string("a")]))
        guard case .attention(place, .silenced?)? = begun.last else {
            Issue.record("no effect: \(begun)")
            return
        }
        let ended = fixture.engine.apply(
            EngineInput(
                number: 101, receivedAt: Timestamp(rawValue: 3_000_000_000), content: .tick))
        guard case .attention(place, nil)? = ended.last else {
            Issue.record("no effect: \(ended)")
            return
        }
    }

    @Test func silencesAreBounded() throws {
        var fixture = try fixture()
        for _ in 0...Attention.silenceLimit {
            let silence = Silence(target: target("hot"), until: .end, reason: "r", by: "b")
            fixture.apply(.operator(.silence(silence)), at: 1)
        }
        #expect(fixture.snapshot.silences.count == Attention.silenceLimit)
    }
}

/// What a condition found, comparison by comparison.
@Suite struct ConditionTraceTests {
    @Test func partsHaveBothSides() throws {
        let condition = try Condition(parsing: "(a.x > 80 and not a.y <= a.x) or exists(a.z)")
        let trace = ConditionTrace(
            condition, readings: condition.readings, values: [82.5, 90, .nan])
        #expect(trace.holds == true)
        #expect(trace.parts.map(\.text) == ["a.x > 80", "a.y <= a.x", "exists(a.z)"])
        #expect(trace.parts.map(\.holds) == [true, false, false])
        #expect(trace.parts[0].distance == 2.5 && trace.parts[0].isThreshold)
        #expect(trace.parts[1].right == 82.5 && !trace.parts[1].isThreshold)
    }

    @Test func withoutValuesNothingIsKnown() throws {
        let condition = try Condition(parsing: "a.x > 80")
        let trace = ConditionTrace(condition, readings: condition.readings, values: [])
        #expect(trace.holds == nil && trace.parts[0].holds == nil)
        #expect(trace.parts[0].distance == nil)
    }
}
