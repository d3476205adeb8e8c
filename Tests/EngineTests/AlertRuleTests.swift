import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// `v: max(x) as x by key over … every …` and a rule on it. Event times are in seconds.
struct AlertFixture {
    var fixture: EngineFixture

    init(
        _ when: String, clear: String? = nil, size: Int64 = 1000, hop: Int64 = 1000,
        every: Nanoseconds? = nil, bounded: Bool = false, whole: Bool = false,
        rule: AlertRule = AlertRule(), _ change: (inout StreamRules) -> Void = { _ in }
    ) throws {
        var query = Query(
            aggregates: [
                Aggregate(function: .max, argument: .field(FieldPath("x")), name: "x")
            ], keys: [FieldPath("key")],
            window: Window(size: .milliseconds(size), hop: .milliseconds(hop)))
        if whole { query.window = nil }
        let plan = RulePlan(
            name: "hot", when: try Condition(parsing: when),
            clear: try clear.map { try Condition(parsing: $0) },
            columns: [FieldPath("v", "x"): ViewColumn(view: 0, aggregate: 0)],
            rule: rule, every: every)
        fixture = EngineFixture(query: query, bounded: bounded, alerts: [plan], change)
    }

    /// `a` is at 90 from second 0 on: `send("a 0 90, b 0.5 70")`.
    mutating func send(_ text: String) { fixture.send(Self.events(text)) }

    static func events(_ text: String) -> [TestEvent] {
        text.split(separator: ",").map { event in
            let words = event.split(separator: " ")
            return TestEvent(
                time: Int64((Double(words[1])! * 1000).rounded()), key: String(words[0]),
                x: Double(words[2])!)
        }
    }

    /// `3 a pending→firing 90`, in the order in which they came; times in seconds.
    var changes: [String] { fixture.alerts.map(Self.words) }

    static func words(_ change: AlertChange) -> String {
        let at = Double(change.transition.at.rawValue) / 1e9
        let keys = change.groups.map(\.description).joined(separator: "+")
        let time = at == at.rounded() ? "\(Int(at))" : "\(at)"
        return "\(time) \(keys) \(change.transition.from)→\(change.transition.to)"
    }
}

extension FieldPath {
    init(_ names: String...) { self.init(steps: names.map { .name($0) }) }
}

@Suite struct AlertRuleTests {
    @Test func aRuleIsEvaluatedOnceTheWatermarkReachesT() throws {
        var alert = try AlertFixture("v.x > 80") { $0.outOfOrderness = .seconds(2) }
        // The watermark is 0.999999999 s once an event of 3 s has come.
        alert.send("a 0.2 90, a 2.999 0")
        #expect(alert.changes == [])
        alert.send("a 3 0")
        #expect(alert.changes == ["1 a inactive→firing"])
    }

    @Test func theBoundaryOfTheConditionIsItsOwn() throws {
        var alert = try AlertFixture("v.x > 80")
        alert.send("a 0 80, b 0 80.001, c 1 0")
        #expect(alert.changes == ["1 b inactive→firing"])
    }

    @Test func forCountsFromTheFirstT() throws {
        var alert = try AlertFixture("v.x > 80", rule: AlertRule(holdFor: .seconds(2)))
        alert.send("a 0 90, a 1 90, a 2 90, a 3 0, a 4 0")
        #expect(
            alert.changes == [
                "1 a inactive→pending", "3 a pending→firing", "4 a firing→inactive",
            ])
    }

    @Test func clearIsHysteresis() throws {
        var alert = try AlertFixture("v.x > 80", clear: "v.x < 75")
        alert.send("a 0 81, a 1 79, a 2 75, a 3 74.9, a 4 0, a 5 0")
        #expect(alert.changes == ["1 a inactive→firing", "4 a firing→inactive"])
    }

    @Test func acrossFiresWithTheThirdGroupAndResolvesWithoutIt() throws {
        var alert = try AlertFixture("v.x > 80", rule: AlertRule(across: .count(3)))
        alert.send("a 0 90, b 0 90, c 0 1, a 1 90, b 1 90, c 1 90, a 2 90, b 2 1, c 2 90, d 3 1")
        #expect(
            alert.changes == [
                "2 a+b+c inactive→firing", "3 a+b+c firing→inactive",
            ])
        let snapshot = alert.fixture.snapshot.alerts[0]
        #expect(snapshot.phase == .inactive && snapshot.firing == 2 && snapshot.needed == 3)
    }

    @Test func acrossAShareIsOfTheGroupsSeen() throws {
        var alert = try AlertFixture("v.x > 80", rule: AlertRule(across: .share(0.5)))
        alert.send("a 0 90, b 0 1, c 0 1, a 1 90, b 1 90, c 1 1, d 2 1")
        #expect(alert.changes == ["2 a+b inactive→firing"])
    }

    /// After its only event the group has empty panes, whose value is null.
    @Test(arguments: [
        (AlertRule.NoData.false, ["1 a inactive→firing", "2 a firing→inactive"]),
        (.keep, ["1 a inactive→firing"]),
        (.fire, ["1 a inactive→firing", "2 b inactive→firing"]),
    ])
    func aGroupThatFallsSilent(noData: AlertRule.NoData, expected: [String]) throws {
        var alert = try AlertFixture("v.x > 80", rule: AlertRule(noData: noData))
        alert.send("a 0 90, b 0 1, c 1 1, c 2 1")
        #expect(alert.changes == expected)
    }

    @Test func aForgottenGroupIsMissing() throws {
        var alert = try AlertFixture("v.x > 80") { $0.forgetAfter = .seconds(3) }
        alert.send("a 0 90, b 100 1, b 101 1")
        #expect(alert.changes == ["1 a inactive→firing", "2 a firing→inactive"])
    }

    @Test func atTheEndNoTLiesPastTheLastWindow() throws {
        var alert = try AlertFixture(
            "v.x > 80", bounded: true, rule: AlertRule(holdFor: .seconds(2)))
        alert.send("a 0 90, a 1 90")
        alert.fixture.end()
        #expect(alert.changes == ["1 a inactive→pending"])
        var longer = try AlertFixture(
            "v.x > 80", bounded: true, rule: AlertRule(holdFor: .seconds(2)))
        longer.send("a 0 90, a 1 90, a 2 90")
        longer.fixture.end()
        #expect(longer.changes == ["1 a inactive→pending", "3 a pending→firing"])
    }

    @Test func everyIsAGridOfItsOwnFromTheEpoch() throws {
        var alert = try AlertFixture("v.x > 80", every: .seconds(10))
        alert.send("a 8 90, a 9 1, a 18 1, a 19 90, a 20 1")
        #expect(alert.changes == ["20 a inactive→firing"])
    }

    @Test func aViewSinceTheStartIsReadAtT() throws {
        var alert = try AlertFixture(
            "v.x > 80", every: .seconds(10), whole: true, rule: AlertRule(holdFor: .seconds(20)))
        alert.send("a 1 1, a 9.999 90, a 10 90, a 1000000000 1")
        #expect(alert.changes == ["10 a inactive→pending", "30 a pending→firing"])
    }

    @Test func alertsOnHoppingWindowsAreEvaluatedEachHop() throws {
        var alert = try AlertFixture("v.x > 80", size: 5000, hop: 1000)
        alert.send("a 0 90, a 1 1, a 2 1, a 3 1, a 4 1, a 5 1, a 6 1")
        #expect(alert.changes == ["1 a inactive→firing", "6 a firing→inactive"])
    }

    @Test func anUnknownSideDecidesNothing() throws {
        // `exists` is known where the comparison isn't.
        var alert = try AlertFixture("v.x > 80 or not exists(v.x)")
        alert.send("a 0 1, b 0 90, b 1 90, b 2 90")
        #expect(alert.changes == ["1 b inactive→firing", "2 a inactive→firing"])
    }
}
