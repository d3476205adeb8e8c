import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// A view against its own past: `v.x 2s ago`.
@Suite struct EarlierValueTests {
    @Test func theSamePaneThatMuchEarlier() throws {
        var alert = try AlertFixture("v.x < 0.5 * v.x 2s ago")
        // At T = 3 s 40 is compared with 90, at 4 s 45 with 90: half is not less than half.
        alert.send("a 0 90, a 1 90, a 2 40, a 3 45, a 4 39, a 5 0")
        #expect(
            alert.changes == [
                "3 a inactive→firing", "4 a firing→inactive",
            ])
    }

    @Test func withoutHistoryItIsWarmingAndNothingHolds() throws {
        var alert = try AlertFixture("v.x >= v.x 5s ago")
        alert.send("a 0 1, a 1 1, a 2 1")
        #expect(alert.changes == [])
        let warming = alert.fixture.snapshot.alerts[0].warming
        #expect(warming == .until(Timestamp(rawValue: 6_000_000_000)))
        alert.send("a 3 1, a 4 1, a 5 1, a 6 1")
        #expect(alert.changes == ["6 a inactive→firing"])
        #expect(alert.fixture.snapshot.alerts[0].warming == nil)
    }

    @Test func aGroupWithoutAPaneThenIsMissing() throws {
        var alert = try AlertFixture("v.x > v.x 2s ago")
        alert.send("a 0 1, a 1 1, b 2 9, a 2 1, b 3 9, a 3 2, a 4 0")
        // `b` had no pane at 1 s and 2 s; `a` rose from 1 to 2.
        #expect(alert.changes == ["4 a inactive→firing"])
    }

    @Test func theHistoryIsAsLongAsItHasToBe() throws {
        var alert = try AlertFixture("v.x < v.x 700s ago")
        alert.send("a 0 5")
        for second in 1...800 { alert.send("a \(second) \(second < 100 ? 5 : 4)") }
        let history = alert.fixture.snapshot.views[0].history
        #expect(history.count > 700 && history.count < 710)
        #expect(alert.changes == ["701 a inactive→firing"])
    }
}

/// How unusual a value is: `anomaly(v.x, 10s)`.
@Suite struct AnomalyTests {
    @Test func aScoreIsInDeviationsOfWhatCameBefore() {
        var baseline = Baseline()
        // ±1 around 10: mean 10, deviation 1, by hand.
        for second in 0..<Baseline.warmUp {
            let score = baseline.score(
                second % 2 == 0 ? 9 : 11, at: at(second), halfLife: .seconds(1_000_000))
            #expect(score.isNaN)
        }
        let score = baseline.score(14, at: at(Baseline.warmUp), halfLife: .seconds(1_000_000))
        #expect(abs(score - 4) < 1e-9)
    }

    @Test func anAnomalyDoesNotMakeItselfUsual() {
        var robust = Baseline()
        for second in 0..<200 {
            _ = robust.score(second % 2 == 0 ? 9 : 11, at: at(second), halfLife: .seconds(60))
        }
        // One value a thousand deviations away counts as one three deviations away.
        #expect(robust.score(1010, at: at(200), halfLife: .seconds(60)) == Baseline.limit)
        let after = robust.score(14, at: at(201), halfLife: .seconds(60))
        #expect(after > 3 && after < 4.1)
    }

    @Test func aLevelThatLastsBecomesUsual() {
        var baseline = Baseline()
        for second in 0..<200 {
            _ = baseline.score(second % 2 == 0 ? 9 : 11, at: at(second), halfLife: .seconds(20))
        }
        var scores: [Double] = []
        for second in 200..<400 {
            scores.append(
                baseline.score(second % 2 == 0 ? 49 : 51, at: at(second), halfLife: .seconds(20)))
        }
        #expect(scores[0] > 30)
        #expect(abs(scores.last!) < 3)
    }

    @Test func afterALongGapItIsStillKnownWhatIsUsual() {
        var baseline = Baseline()
        for second in 0..<200 {
            _ = baseline.score(second % 2 == 0 ? 9 : 11, at: at(second), halfLife: .seconds(20))
        }
        // A day later: neither is the first value the whole truth, nor has all else no room.
        #expect(abs(baseline.score(11, at: at(86_400), halfLife: .seconds(20))) < 1.5)
        #expect(abs(baseline.score(9, at: at(86_401), halfLife: .seconds(20))) < 3)
        #expect(baseline.score(30, at: at(86_402), halfLife: .seconds(20)) > 10)
    }

    @Test func oneThatNeverChangedIsFarFromAnythingElse() {
        var baseline = Baseline()
        for second in 0..<40 { _ = baseline.score(5, at: at(second), halfLife: .seconds(60)) }
        #expect(baseline.score(5, at: at(40), halfLife: .seconds(60)) == 0)
        #expect(baseline.score(4, at: at(41), halfLife: .seconds(60)) == -Baseline.limit)
        #expect(baseline.score(.nan, at: at(42), halfLife: .seconds(60)).isNaN)
    }

    @Test func aRuleWarmsUpAndThenFiresForItsGroupAlone() throws {
        var alert = try AlertFixture("abs(anomaly(v.x, 1h)) > 4")
        var text: [String] = []
        for second in 0..<40 {
            text.append("a \(second) \(second % 2 == 0 ? 9 : 11)")
            text.append("b \(second) \(second % 2 == 0 ? 90 : 110)")
            if second == 9 { text.append("c 9 1") }
        }
        alert.send(text.joined(separator: ", "))
        #expect(alert.fixture.snapshot.alerts[0].warming == .values(1, of: Baseline.warmUp))
        #expect(alert.changes == [])
        alert.send("a 40 20, b 40 100, a 41 9, b 41 90")
        #expect(alert.changes == ["41 a inactive→firing"])
    }

    private func at(_ second: Int) -> Timestamp {
        Timestamp(rawValue: Int64(second) * 1_000_000_000)
    }
}
