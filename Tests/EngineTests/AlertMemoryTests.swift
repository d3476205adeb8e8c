import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// A run that goes on where another one ended.
@Suite struct AlertMemoryTests {
    /// `hot` for 10 s; what the first run remembers, and a second one that knows it.
    private func restarted(
        _ before: String, rule: AlertRule = AlertRule(holdFor: .seconds(10)), size: Int64 = 1000,
        definition: String = "d"
    ) throws -> (memory: AlertMemory, second: AlertFixture) {
        var first = try AlertFixture("v.x > 80", size: size, rule: rule)
        first.send(before)
        var memory = first.fixture.engine.alertMemory
        for i in memory.rules.indices {
            memory.rules[i].definition = definition == "d" ? "" : definition
        }
        var second = try AlertFixture("v.x > 80", size: size, rule: rule)
        second.fixture.apply(.restored(memory))
        return (memory, second)
    }

    @Test func downtimeDoesNotCount() throws {
        // Pending since T = 1 s; the last T is 5 s, so 4 of 10 s are over.
        var (_, second) = try restarted("a 0 90, a 1 90, a 2 90, a 3 90, a 4 90, a 5 90")
        // An hour later. The first T is 3601 s, which takes the place of 5 s: it fires at 3607 s.
        second.send((3600...3610).map { "a \($0) 90" }.joined(separator: ","))
        #expect(second.changes == ["3607 a pending→firing"])
    }

    @Test func aFiringOneDoesNotFireAgain() throws {
        var (memory, second) = try restarted((0...12).map { "a \($0) 90" }.joined(separator: ","))
        #expect(memory.rules[0].groups.map(\.isFiring) == [true])
        second.send("a 3600 90, a 3601 90")
        #expect(second.changes == [])
        #expect(second.fixture.snapshot.alerts[0].firing == 1)
        #expect(second.fixture.snapshot.alerts[0].groups[0].since.rawValue == 11_000_000_000)
        second.send("a 3602 0, a 3603 0")
        #expect(second.changes == ["3603 a firing→inactive"])
    }

    @Test func aGroupThatHasNotComeYetIsWaitedForAsLongAsAWindow() throws {
        let rule = AlertRule()
        var (_, second) = try restarted(
            "a 0 90, b 0 90, a 1 90, b 1 90, a 2 90", rule: rule, size: 3000)
        // `b` comes 2 s after `a`, within the window of 3 s; `c` of the run before doesn't exist.
        second.send("a 100 90, a 101 90, b 102 90, a 103 90, b 103 90, a 104 90, b 104 90")
        #expect(second.changes == [])
        var (_, third) = try restarted(
            "a 0 90, b 0 90, a 1 90, b 1 90, a 2 90", rule: rule, size: 3000)
        third.send((100...110).map { "a \($0) 90" }.joined(separator: ","))
        #expect(third.changes == ["104 b firing→inactive"])
    }

    @Test func acrossAndAcknowledgementsAndSilencesStay() throws {
        let rule = AlertRule(across: .count(2))
        var first = try AlertFixture("v.x > 80", rule: rule)
        first.send("a 0 90, b 0 90, a 1 90, b 1 90, a 2 90")
        first.fixture.apply(
            .operator(.acknowledge(AlertTarget(rule: "hot"), by: "anna")), at: 10)
        let silence = Silence(
            target: AlertTarget(rule: "other one", group: Key([.string("x y"), .null])),
            until: Timestamp(rawValue: 7_000_000_000_000), reason: "a\nb", by: "bob")
        first.fixture.apply(.operator(.silence(silence)), at: 20)
        let memory = first.fixture.engine.alertMemory
        var second = try AlertFixture("v.x > 80", rule: rule)
        second.fixture.apply(.restored(memory), at: 30)
        second.send("a 100 90, b 100 90, a 101 90, b 101 90")
        #expect(second.changes == [])
        let snapshot = second.fixture.snapshot
        #expect(snapshot.alerts[0].phase == .firing)
        guard case .acknowledged("anna", _)? = snapshot.alerts[0].mute else {
            Issue.record("not acknowledged")
            return
        }
        #expect(snapshot.silences.map(\.reason) == ["a\nb"])
    }

    @Test func whatIsUsualStaysKnown() throws {
        let when = "abs(anomaly(v.x, 1h)) > 4"
        var first = try AlertFixture(when)
        first.send((0..<40).map { "a \($0) \($0 % 2 == 0 ? 9 : 11)" }.joined(separator: ", "))
        let usual = first.fixture.engine.usualValues
        #expect(usual.rules.map { $0.baselines.map(\.count) } == [[39]])
        var memory = first.fixture.engine.alertMemory
        #expect(memory.rules.map(\.baselines) == [[]])
        memory.takeBaselines(of: usual)
        var second = try AlertFixture(when)
        second.fixture.apply(.restored(memory))
        second.send("a 3600 20, a 3601 10")
        #expect(second.changes == ["3601 a inactive→firing"])
        // Without them it warms up.
        var third = try AlertFixture(when)
        third.fixture.apply(.restored(first.fixture.engine.alertMemory))
        third.send("a 3600 20, a 3601 10")
        #expect(third.changes == [])
    }

    @Test func theValueIsKnownBeforeTheFirstEvaluation() throws {
        let (_, second) = try restarted("a 0 90, a 1 91, a 2 92", rule: AlertRule())
        #expect(second.fixture.snapshot.alerts[0].groups.map(\.value) == [91])
    }

    @Test func anotherTextOfTheRuleBeginsAnew() throws {
        var (_, second) = try restarted(
            "a 0 90, a 1 90, a 2 90", rule: AlertRule(), definition: "another")
        second.send("a 100 90, a 101 0")
        #expect(second.changes == ["101 a inactive→firing"])
    }
}
