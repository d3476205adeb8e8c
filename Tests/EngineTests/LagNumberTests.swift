import Events
import Testing

@testable import Engine

/// Lag, time lag, drain, headroom and rates: what they are, and how they are known.
@Suite struct LagNumberTests {
    // MARK: Lag and what is retained

    @Test(
        arguments: [
            // committed, log start, end → lag, headroom, share, lost, beyond the end
            (100, 0, 150, 50, 100, 50.0 / 150, 0, false),
            (100, 100, 150, 50, 0, 1, 0, false),
            (99, 100, 150, 50, -1, 51.0 / 50, 1, false),
            (40, 100, 100, 0, -60, .infinity, 60, false),
            (150, 0, 150, 0, 150, 0, 0, false),
            (151, 0, 150, 0, 151, 0, 0, true),
            (0, 0, 0, 0, 0, 0, 0, false),
        ] as [(Int64, Int64, Int64, Int64, Int64, Double, Int64, Bool)])
    func whatIsBehindAndWhatIsLeft(
        _ committed: Int64, _ logStart: Int64, _ end: Int64, _ lag: Int64, _ headroom: Int64,
        _ share: Double, _ lost: Int64, _ isBeyondEnd: Bool
    ) {
        var fixture = LagFixture()
        fixture.poll(at: 0, committed: committed, logStart: logStart, end: end)
        let partition = fixture.partition
        #expect(partition.lag == lag && partition.headroom == headroom)
        #expect(partition.share == share && partition.lost == lost)
        #expect(partition.isBeyondEnd == isBeyondEnd)
    }

    @Test func aCommitBeyondTheEndIsAReset() {
        var fixture = LagFixture()
        for (i, end) in [900, 40, 50, 900, 30].enumerated() as EnumeratedSequence<[Int64]> {
            fixture.poll(at: Double(i), committed: 900, end: end)
        }
        #expect(fixture.partition.resets == 2 && fixture.group.resets == 2)
        #expect(fixture.partition.status == .ok)
        #expect(fixture.partition.reason == "committed 900 is beyond the end 30: reset")
    }

    // MARK: Time lag

    @Test func zeroAndExact() {
        var fixture = LagFixture()
        let time = LagFixture.at(7)
        fixture.poll(at: 10, committed: 5, end: 5, firstUnconsumed: time)
        #expect(fixture.partition.timeLag == .zero)
        fixture.poll(at: 11, committed: 5, end: 6, firstUnconsumed: time)
        #expect(fixture.partition.timeLag == .exact(.seconds(4)))
        fixture.poll(at: 12, committed: 5, end: 6, firstUnconsumed: LagFixture.at(12.5))
        #expect(fixture.partition.timeLag == .exact(.milliseconds(-500)))
    }

    /// The end was 100 at 0 s, 200 at 10 s and 300 at 20 s and 30 s; now is 40 s, and it is 400.
    @Test(
        arguments: [
            (99, .atLeast(.seconds(40))), (100, .bracketed(.seconds(35), half: .seconds(5))),
            (199, .bracketed(.seconds(35), half: .seconds(5))),
            (200, .bracketed(.seconds(25), half: .seconds(5))),
            (299, .bracketed(.seconds(25), half: .seconds(5))),
            (300, .bracketed(.seconds(5), half: .seconds(5))), (400, .zero),
        ] as [(Int64, TimeLag)])
    func betweenTwoPolls(_ committed: Int64, _ timeLag: TimeLag) {
        var fixture = LagFixture()
        for (i, end) in [100, 200, 300, 300, 400].enumerated() as EnumeratedSequence<[Int64]> {
            fixture.poll(at: Double(i) * 10, committed: committed, end: end)
        }
        #expect(fixture.partition.timeLag == timeLag)
    }

    @Test func theFirstPollAloneSaysNothing() {
        var fixture = LagFixture()
        fixture.poll(at: 10, committed: 5, end: 9)
        #expect(fixture.partition.timeLag == .unknown)
    }

    @Test func whatWasDeletedHasNoAge() {
        var fixture = LagFixture()
        for (i, end) in [100, 200, 300].enumerated() as EnumeratedSequence<[Int64]> {
            fixture.poll(at: Double(i) * 10, committed: 50, logStart: 250, end: end)
        }
        #expect(
            fixture.partition.timeLag == .bracketed(.seconds(5), half: .seconds(5)))
    }

    @Test func theTableIsBoundedAndForgetsTheOldest() {
        var ends = EndOffsets()
        for i in 0...Int64(EndOffsets.limit) {
            ends.add(i, at: Timestamp(rawValue: i * 10))
        }
        let now = Timestamp(rawValue: 2000)
        #expect(ends.count == EndOffsets.limit)
        #expect(ends.age(of: 0, at: now) == .atLeast(Nanoseconds(rawValue: 1990)))
        let half = Nanoseconds(rawValue: 5)
        #expect(ends.age(of: 1, at: now) == .bracketed(Nanoseconds(rawValue: 1985), half: half))
        #expect(ends.age(of: 128, at: now) == .unknown)
    }

    @Test func aLogThatEndsLowerBeginsAnew() {
        var ends = EndOffsets()
        ends.add(100, at: LagFixture.at(0))
        ends.add(200, at: LagFixture.at(10))
        ends.add(150, at: LagFixture.at(20))
        #expect(ends.count == 1)
        #expect(ends.age(of: 120, at: LagFixture.at(25)) == .atLeast(.seconds(5)))
    }

    /// An odd width is rounded so that the bracket holds both ends.
    @Test func theBracketIsNeverTooNarrow() {
        var ends = EndOffsets()
        ends.add(1, at: Timestamp(rawValue: 0))
        ends.add(2, at: Timestamp(rawValue: 3))
        #expect(
            ends.age(of: 1, at: Timestamp(rawValue: 3))
                == .bracketed(Nanoseconds(rawValue: 1), half: Nanoseconds(rawValue: 2)))
    }

    // MARK: Rates and drain

    @Test func ratesUseRealElapsedTime() {
        var fixture = LagFixture()
        fixture.poll(at: 0, committed: 0, end: 100)
        #expect(fixture.partition.consumeRate == nil && fixture.partition.produceRate == nil)
        fixture.poll(at: 1, committed: 10, end: 104)
        fixture.poll(at: 4, committed: 40, end: 108)
        #expect(fixture.partition.consumeRate == 10 && fixture.partition.produceRate == 2)
    }

    @Test(
        arguments: [
            ("the commit went back", 100, 150, 90, 160),
            ("the log ended lower", 100, 150, 100, 140),
            ("the first commit", nil, 150, 90, 160),
        ] as [(String, Int64?, Int64, Int64, Int64)])
    func aNegativeDifferenceIsNoRate(
        _ what: String, _ committed: Int64?, _ end: Int64, _ next: Int64, _ nextEnd: Int64
    ) {
        var fixture = LagFixture()
        fixture.poll(at: 0, committed: committed, end: end)
        fixture.poll(at: 1, committed: next, end: nextEnd)
        #expect(fixture.partition.consumeRate == nil, "\(what)")
        fixture.poll(at: 3, committed: next + 8, end: nextEnd + 4)
        #expect(fixture.partition.consumeRate == 4 && fixture.partition.produceRate == 2)
    }

    @Test(
        arguments: [
            ([100, 90, 80, 70], .drains(.seconds(7))), ([100, 90, 80], .unknown),
            ([100, 90, 95, 80], .drains(.seconds(12))), ([100, 80, 80, 80], .steady),
            ([100, 90, 80, 80], .steady), ([100, 100, 100, 90], .steady),
            ([100, 101, 100, 101], .growing), ([100, 100, 100, 100], .steady),
            ([30, 20, 10, 0], .steady), ([100, 60, 80, 70], .drains(.seconds(7))),
            ([80, 70, 60, 90], .growing),
        ] as [([Int64], LagTrend)])
    func whereTheLagIsGoing(_ lags: [Int64], _ trend: LagTrend) {
        var fixture = LagFixture()
        for (i, lag) in lags.enumerated() {
            let committed = 1000 + Int64(i) * 50
            fixture.poll(at: Double(i), committed: committed, end: committed + lag)
        }
        #expect(fixture.partition.trend == trend)
    }

    @Test func retentionThatEatsALagDoesNotDrainIt() {
        var fixture = LagFixture()
        for i in 0..<6 as Range<Int64> {
            fixture.poll(at: Double(i), committed: 0, logStart: 100 + i * 20, end: 300)
        }
        #expect(fixture.partition.lag == 100 && fixture.partition.trend == .steady)
    }

    // MARK: The group

    @Test func unknownIsNotSummedAsZero() {
        var fixture = LagFixture()
        fixture.poll(at: 0, [offsets(0, 90, 100), offsets(1, nil, 500), offsets(2, 70, 100)])
        #expect(fixture.group.total == LagTotal(lag: 40, known: 2, partitions: 3))
        #expect(!fixture.group.total.isComplete && fixture.group.consumeRate == nil)
        fixture.poll(at: 1, [offsets(0, 95, 101), offsets(1, nil, 600), offsets(2, 90, 102)])
        #expect(fixture.group.consumeRate == 25 && fixture.group.produceRate == 3)
        #expect(fixture.group.rated == 2)
    }

    @Test func theWorstIsByStatusThenByLag() {
        var fixture = LagFixture()
        fixture.poll(
            at: 0, [offsets(0, 10, 10), offsets(1, 5, 10), offsets(2, 0, 10), offsets(3, 0, 10)])
        #expect(fixture.group.worst == 2)
        fixture.poll(
            at: 1, [offsets(0, 10, 10), offsets(1, nil, 10), offsets(2, 0, 10), offsets(3, 0, 10)])
        #expect(fixture.group.worst == 1 && fixture.group.status == .noCommit)
        #expect(fixture.group.reason == "nothing committed yet")
        fixture.poll(at: 2, (0..<4).map { offsets($0, 10, 10) })
        #expect(fixture.group.worst == nil && fixture.group.status == .ok)
    }

    @Test func aGroupWithoutPartitions() {
        var fixture = LagFixture()
        fixture.poll(at: 0, [])
        #expect(fixture.group.status == .noCommit)
        #expect(fixture.group.reason == "the group has no partitions")
    }

    @Test func statusesFromGoodToBad() {
        #expect(
            LagStatus.allCases.sorted() == [
                .ok, .warmingUp, .noCommit, .warn, .disconnected, .rewind, .stall, .stop,
            ])
    }
}
