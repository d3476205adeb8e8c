import Engine
import Events
import Testing

@testable import Panels

/// Where panes lie on an axis of time.
@Suite struct TimeAxisTests {
    private let second: Int64 = 1_000_000_000

    private func panes(_ ends: [Int64]) -> [Pane] {
        ends.map { end in
            Pane(
                start: Timestamp(rawValue: (end - 10) * second),
                end: Timestamp(rawValue: end * second), kind: .onTime, slots: [0], counts: [1],
                values: [[Double(end)]])
        }
    }

    private func values(_ ends: [Int64], hop: Int64? = 1, level: Int = 0, count: Int) -> [Double?] {
        TimeAxis(
            panes(ends), hop: hop.map { Nanoseconds(rawValue: $0 * second) }, level: level,
            count: count
        ).values { $0.values[0][0] }
    }

    @Test func theNewestIsAtTheRightAndWhatIsOlderIsLeftOut() {
        #expect(values([1, 2, 3], count: 3) == [1, 2, 3])
        #expect(values([1, 2, 3], count: 2) == [2, 3])
        #expect(values([1, 2, 3], count: 5) == [nil, nil, 1, 2, 3])
        #expect(values([], count: 2) == [nil, nil])
    }

    @Test func aWindowThatNeverFiredIsAGap() {
        #expect(values([1, 2, 5], count: 5) == [1, 2, nil, nil, 5])
    }

    @Test func withoutAGridEachHasAPlace() {
        #expect(values([1, 2, 5], hop: nil, count: 4) == [nil, 1, 2, 5])
    }

    /// Places end at multiples of their length, so that what is in them doesn't change as time
    /// goes by; of several values the largest by size is shown.
    @Test func aLongerRange() {
        #expect(values([1, 2, 3, 4], level: 1, count: 3) == [nil, 2, 4])
        #expect(values([1, 2, 3, 4, 5], level: 1, count: 3) == [2, 4, 5])
        #expect(values([1, 2, 3, 4, 5], level: 2, count: 2) == [4, 5])
        let axis = TimeAxis(
            panes([1, 2, 3]), hop: .seconds(1), level: 1, count: 2)
        #expect(axis.end == Timestamp(rawValue: 4 * second))
        #expect(axis.values { $0.end.rawValue == 2 * second ? -9 : 1 } == [-9, 1])
    }

    @Test func aShorterRange() {
        #expect(values([1, 2], level: -1, count: 5) == [nil, 1, 1, 2, 2])
        #expect(values([1, 3], level: -1, count: 6) == [1, 1, nil, nil, 3, 3])
    }
}
