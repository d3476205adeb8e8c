import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// What a view of `top` shows and keeps.
@Suite struct TopViewTests {
    /// `a 0.5 x` is an event of key a at 0.5 s, whose path is x.
    private func events(_ text: String, from offset: Int64 = 0) -> [FieldEvent] {
        text.split(separator: ",").enumerated().map { i, event in
            let words = event.split(separator: " ").map(String.init)
            return FieldEvent(
                time: Int64((Double(words[1])! * 1e9).rounded()),
                fields: ["key": .string(words[0]), "path": .string(words[2])],
                offset: offset + Int64(i))
        }
    }

    private func rows(_ fixture: StreamFixture, _ kind: Pane.Kind) -> [String] {
        fixture.rows(kind).map(\.description)
    }

    @Test func eachGroupHasRowsOfItsOwn() throws {
        var fixture = try StreamFixture("top(2, path) by key over 1s")
        fixture.send(events("a 0 x, a 0 y, b 0 z, a 0.1 y, a 0.2 w, b 0.5 x, b 0.9 x"))
        fixture.end()
        #expect(
            rows(fixture, .final) == [
                "final [0,1) a · w n=1 [1, 0]", "final [0,1) a · y n=2 [2, 0]",
                "final [0,1) b · x n=2 [2, 0]", "final [0,1) b · z n=1 [1, 0]",
            ])
        #expect(fixture.view().keyNames == ["key", "path"])
        #expect(fixture.view().aggregateNames == ["count", "error"])
    }

    /// Values that came equally often: the lesser ones are shown.
    @Test func tiesGoByValue() throws {
        var fixture = try StreamFixture("top(3, path) over 1s")
        let values: [Scalar] = [.string("1"), .number(10), .bool(true), .number(9), .string("")]
        fixture.send(
            values.enumerated().map {
                FieldEvent(time: 1, fields: ["path": $1], offset: Int64($0))
            })
        fixture.end()
        let keys = fixture.rows(.final).map(\.key.values)
        #expect(keys == [[.bool(true)], [.number(9)], [.number(10)]])
    }

    /// Up to 1,024 different values all is exact; past it `error` says by how much a count may be
    /// too low.
    @Test(arguments: zip([974, 3_000], [true, false]))
    func theErrorColumnBoundsTheCounts(rare: Int, isExact: Bool) throws {
        var fixture = try StreamFixture("top(100, path) over 1s every 250ms")
        let heavy = (0..<50).flatMap { n in [Int](repeating: n, count: 2 * n + 60) }
        let values = heavy + (0..<rare).map { 1_000 + $0 }
        fixture.send(
            values.shuffledEvenly.enumerated().map {
                FieldEvent(
                    time: Int64($0) * 100_000, fields: ["path": .number(Double($1))],
                    offset: Int64($0))
            })
        fixture.end()
        let whole = fixture.rows(.final).filter { $0.window == 0..<1_000_000_000 }
        let error = whole[0].values[1]!
        #expect(isExact ? error == 0 && whole.count == 100 : error > 0)
        for row in whole {
            guard case .number(let n) = row.key.values[0], n < 50 else { continue }
            let (count, true_) = (row.values[0]!, 2 * n + 60)
            #expect(count <= true_ && true_ <= count + error && row.values[1] == error)
            #expect(UInt64(count) == row.count)
        }
    }

    @Test func aViewWithoutWindowsShowsItAllAlong() throws {
        var fixture = try StreamFixture("top(1, path)")
        fixture.send(events("a 0 x, a 1 y, a 2 y"))
        let view = fixture.view()
        #expect(
            view.early.flatMap { $0.rows(view.keys) }.map(\.key.description) == ["y"]
                && view.history.isEmpty)
        fixture.send(events("a 3 x, a 4 x", from: 3))
        fixture.end()
        #expect(fixture.rows(.final).map(\.count) == [3])
    }

    @Test func devicesWithClocksOfTheirOwnRunTogether() throws {
        var fixture = try StreamFixture("top(2, path) by key over 10s") {
            $0.watermarkBy = FieldPath("key")
        }
        fixture.send(events("a 1 x, b 1 y, c 1 z, b 2 y, b 3 x"))
        let view = fixture.view()
        #expect(
            view.early.flatMap { $0.rows(view.keys) }.map(\.description) == [
                "early [0,10) a · x n=1 [1, 0]", "early [0,10) b · x n=1 [1, 0]",
                "early [0,10) b · y n=2 [2, 0]", "early [0,10) c · z n=1 [1, 0]",
            ])
        fixture.end()
        #expect(fixture.rows(.final).map(\.count) == [1, 1, 2, 1])
    }

    /// Also where time jumps by more than rows' keys are kept.
    @Test(arguments: ["top(1, path) over 1s", "top(1, path) over session(1s)"])
    func whatFiredIsPrintedAfterAPause(query: String) throws {
        var fixture = try StreamFixture(query) { $0.forgetAfter = .seconds(2) }
        fixture.send(events("a 0 x, a 0.5 x, a 100 y, a 200 z"))
        fixture.end()
        #expect(fixture.rows(.final).map(\.key.description) == ["x", "y", "z"])
    }

    @Test func aValueThatIsGoneForLongGivesUpItsSlot() throws {
        var fixture = try StreamFixture("top(5, path) over 1s", bounded: false) {
            $0.forgetAfter = .seconds(3)
        }
        func keys() -> [String] { fixture.view().keys.map { $0?.description ?? "" } }
        fixture.send(events("a 0 x, a 0 y, a 1 y, a 2 y, a 3 y, a 4 y"))
        // The last pane with x ended at 1 s, and one has fired that ended at 4 s.
        #expect(keys() == ["x", "y"])
        fixture.send(events("a 5 y, a 6 y", from: 6))
        #expect(keys() == ["", "y"])
        fixture.send(events("a 7 z, a 8 z", from: 8))
        #expect(keys() == ["z", "y"])
        let view = fixture.view()
        // The row of x, in the first pane, is none of z.
        #expect(view.history[0].slots == [0, 1] && view.history[0].end < view.keysSince[0])
    }

    /// The group's former rows are gone, though the late pane has others.
    @Test func aLateEventChangesWhichRowsThereAre() throws {
        var fixture = try StreamFixture("top(1, path) by key over 1s", bounded: false) {
            $0.allowedLateness = .seconds(5)
        }
        fixture.send(events("a 0.1 x, b 0.2 x, a 1 z, a 0.3 w, a 0.3 w"))
        #expect(
            rows(fixture, .late) == [
                "late [0,1) a · w n=1 [1, 0]", "late [0,1) a · w n=2 [2, 0]",
            ])
        #expect(
            fixture.history().map(\.description) == [
                "late [0,1) a · w n=2 [2, 0]", "late [0,1) b · x n=1 [1, 0]",
            ])
    }

    @Test func sessionsOfAGroupBridge() throws {
        var fixture = try StreamFixture("top(1, path) by key over session(1s)", bounded: false) {
            $0.allowedLateness = .seconds(5)
        }
        fixture.send(events("a 0 x, a 1.8 y, a 3 z, b 1 x, a 1 y"))
        #expect(
            fixture.history().map(\.description) == [
                "late [1,2) b · x n=1 [1, 0]", "late [0,2.8) a · y n=2 [2, 0] for [0,1) [1.8,2.8)",
            ])
    }

    @Test func aRuleWatchesWhatIsAtTheTop() throws {
        let rule = RulePlan(
            name: "often", when: try Condition(parsing: "v.count >= 2"),
            columns: [FieldPath("v", "count"): ViewColumn(view: 0, aggregate: 0)])
        var fixture = try StreamFixture(
            "top(1, path) by key over 1s", bounded: false, rules: [rule])
        fixture.send(
            events("a 0 x, a 0 x, a 0 y, b 0 y, a 1 y, a 1 y, a 2 x, a 3 z"))
        #expect(
            fixture.alerts.map(AlertFixture.words) == [
                "1 a · x inactive→firing", "2 a · y inactive→firing", "2 a · x firing→inactive",
                "3 a · y firing→inactive",
            ])
    }
}

extension [Int] {
    /// Each element, in an order that has nothing to do with this one.
    fileprivate var shuffledEvenly: [Int] {
        let step = 7_919
        return indices.map { self[($0 * step) % count] }
    }
}
