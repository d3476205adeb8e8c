import Alerting
import Events
import Queries
import Testing

@testable import Engine

private let s: Int64 = 1_000_000_000

/// What is kept and shown of sessions, and rules over them.
@Suite struct SessionViewTests {
    private func fixture(
        _ query: String = "count() as n, rate() by key over session(10s)",
        bounded: Bool = false, rules: [RulePlan] = [],
        _ change: (inout StreamRules) -> Void = { _ in }
    ) throws -> StreamFixture {
        try StreamFixture(query, bounded: bounded, rules: rules, change)
    }

    private func events(
        _ list: KeyValuePairs<String, Int64>, from offset: Int64 = 0
    ) -> [FieldEvent] { SessionBoundaryTests.events(list, from: offset) }

    @Test func whatRunsIsShownEarlyTheNewestOfEachKey() throws {
        var fixture = try fixture { $0.outOfOrderness = .seconds(30) }
        #expect(fixture.view().early.isEmpty)
        fixture.send(events(["a": 0, "b": 1 * s, "a": 20 * s, "b": 4 * s, "a": 24 * s]))
        let view = fixture.view()
        #expect(view.early.count == 1 && view.history.isEmpty)
        // Of what has been: b's session of 13 s, and 4 s of the one that a has now.
        let rows = view.early[0].rows(view.keys).map(\.description)
        #expect(
            rows == [
                "early [1,34) a n=2 [2, 0.5]",
                "early [1,34) b n=2 [2, \(2.0 / 13)]",
            ])
        fixture.send(events(["c": 70 * s], from: 5))
        let left = fixture.view().early.flatMap { $0.rows(fixture.view().keys) }
        #expect(left.map(\.key.description) == ["c"] && left[0].values[1] == nil)
    }

    @Test func theHistoryHasOnlyWhatReplaced() throws {
        var fixture = try fixture { $0.allowedLateness = .seconds(60) }
        fixture.send(events(["a": 0, "a": 15 * s, "b": 25 * s]))
        #expect(fixture.history().map(\.window) == [0..<10 * s, 15 * s..<25 * s])
        fixture.send(events(["a": 7 * s], from: 3))
        #expect(
            fixture.history().map(\.description) == [
                "late [0,25) a n=3 [3, 0.12] for [0,10) [15,25)"
            ])
    }

    /// A fired session that grows again isn't printed as final before the new one is.
    @Test func whatIsGrowingAgainDoesNotBecomeFinal() throws {
        var fixture = try fixture(bounded: true) { $0.allowedLateness = .seconds(5) }
        fixture.send(events(["a": 0, "b": 10 * s, "a": 10 * s, "b": 16 * s, "b": 40 * s]))
        fixture.end()
        #expect(
            fixture.rows(.final).map(\.window) == [
                0..<20 * s, 10 * s..<26 * s, 40 * s..<50 * s,
            ])
    }

    @Test func theEndFiresAllThatIsOpenByEndAndStart() throws {
        var fixture = try fixture("count() by key over session(10s)", bounded: true) {
            $0.outOfOrderness = .seconds(100)
        }
        fixture.send(events(["b": 3 * s, "c": 0, "a": 3 * s, "c": 3 * s, "a": 40 * s]))
        #expect(fixture.panes.isEmpty)
        fixture.end()
        #expect(
            fixture.rows(.onTime).map { "\($0.window.lowerBound / s) \($0.key)" } == [
                "0 c", "3 b", "3 a", "40 a",
            ])
        #expect(fixture.rows(.final).count == 4 && fixture.engine.hasEnded)
        #expect(fixture.view().early.isEmpty)
    }

    @Test func aKeyWithoutSessionsKeepsItsSlotUntilItIsForgotten() throws {
        var fixture = try fixture { $0.forgetAfter = .seconds(32) }
        func keys() -> [String] { fixture.view().keys.map { $0?.description ?? "" } }
        fixture.send(events(["a": 0, "b": 1 * s, "b": 32 * s]))
        #expect(keys() == ["a", "b"])
        // It is looked for each sixteenth of the time.
        fixture.send(events(["b": 34 * s + 2], from: 3))
        #expect(keys() == ["", "b"])
        #expect(fixture.history().map(\.key.description) == ["b"])
        fixture.send(events(["c": 35 * s, "a": 36 * s, "b": 60 * s], from: 4))
        #expect(keys().sorted() == ["a", "b", "c"], "the free slot is taken")
        let rows = fixture.rows(.onTime).map { "\($0.window.lowerBound / s) \($0.key)" }
        #expect(rows == ["0 a", "1 b", "32 b", "35 c", "36 a"])
    }

    /// A key that takes the slot of a forgotten one has its late panes all the same.
    @Test func aLatePaneOfANewKeyIsItsOwn() throws {
        var fixture = try fixture {
            $0.allowedLateness = .seconds(30)
            $0.forgetAfter = .seconds(40)
        }
        fixture.send(events(["a": 0, "b": 20 * s, "b": 44 * s, "c": 30 * s]))
        let view = fixture.view()
        let row = view.history.first { $0.start.rawValue == 30 * s }!
        let slot = Int(row.slots[0])
        #expect(view.keys[slot]?.description == "c" && view.keysSince[slot] <= row.end)
    }

    // MARK: Rules

    private func rule(_ when: String) throws -> RulePlan {
        RulePlan(
            name: "many", when: try Condition(parsing: when),
            columns: [FieldPath("v", "n"): ViewColumn(view: 0, aggregate: 0)],
            every: .seconds(30))
    }

    /// Its end at T counts at T, 1 ns later at the next.
    @Test(arguments: zip([20 * s, 20 * s + 1], [30, 60]))
    func aSessionCountsAtTheFirstTAtOrAfterItsEnd(last: Int64, at: Int64) throws {
        var fixture = try fixture(rules: [rule("v.n > 1")])
        fixture.send(events(["a": 15 * s, "a": last, "b": 91 * s]))
        #expect(
            fixture.alerts.map(AlertFixture.words) == [
                "\(at) a inactive→firing", "\(at + 30) a firing→inactive",
            ])
    }

    /// The newest of those that end between two T, whose value is the one that counts.
    @Test func ofTwoSessionsTheNewerOneCounts() throws {
        var fixture = try fixture(rules: [rule("v.n == 1")])
        fixture.send(events(["a": 0, "a": 1 * s, "a": 15 * s, "b": 0, "b": 15 * s, "b": 16 * s]))
        fixture.send(events(["c": 61 * s], from: 6))
        #expect(
            fixture.alerts.map(AlertFixture.words) == [
                "30 a inactive→firing", "60 a firing→inactive",
            ])
    }

    /// What comes late counts at the next T, and what ended before the last T never does.
    @Test(arguments: zip([25 * s, 5 * s], [["60 a inactive→firing"], []]))
    func aLatePaneCountsWhereItsEndIsAhead(time: Int64, want: [String]) throws {
        var fixture = try fixture(rules: [rule("v.n > 1")]) { $0.allowedLateness = .seconds(90) }
        fixture.send(events(["a": time, "b": 50 * s, "a": time, "c": 61 * s]))
        #expect(fixture.alerts.map(AlertFixture.words) == want)
    }
}
