import Events
import Testing

@testable import Engine

/// Burrow's rules, each with both sides of its boundary.
@Suite struct LagRuleTests {
    // MARK: Rule 1

    @Test(arguments: [
        (0, 0, LagStatus.ok), (0, 1, .warmingUp), (5, 5, .ok), (5, 6, .warmingUp),
    ])
    func atOrBelowTheAllowedLagIsOK(_ allowed: Int64, _ lag: Int64, _ status: LagStatus) {
        var fixture = LagFixture { $0.allowedLag = allowed }
        fixture.poll(at: 0, committed: 100, end: 100 + lag)
        #expect(fixture.partition.status == status)
    }

    @Test func aConsumerThatIsNotBehindIsNeverWrong() {
        var fixture = LagFixture()
        for i in 0..<100 { fixture.poll(at: Double(i) * 60, committed: 7, end: 7, members: 0) }
        #expect(fixture.partition.status == .ok)
        #expect(fixture.partition.reason == "nothing is behind")
    }

    // MARK: Rule 2

    /// The last change was at 47.5 s, and the ten took 45 s.
    @Test(arguments: [(92.5, LagStatus.warn), (92.6, .stall)])
    func silenceLongerThanTheSpanOfTheCommits(_ last: Double, _ status: LagStatus) {
        var fixture = LagFixture.withHistory(lags: Array(repeating: 5000, count: 10))
        for time in [60, 70, last] { fixture.poll(at: time, committed: 1000, end: 6000) }
        #expect(fixture.partition.status == status)
    }

    @Test(arguments: [([100.0], LagStatus.warn), ([90, 100], .warn), ([80, 90, 100], .stall)])
    func silenceOfAtLeastThreePolls(_ polls: [Double], _ status: LagStatus) {
        var fixture = LagFixture.withHistory(lags: Array(repeating: 5000, count: 10))
        for time in polls { fixture.poll(at: time, committed: 1000, end: 6000) }
        #expect(fixture.partition.status == status)
    }

    @Test(arguments: [(60.0, LagStatus.warmingUp), (60.1, .stall)])
    func withoutSamplesTheSpanIsAMinute(_ last: Double, _ status: LagStatus) {
        var fixture = LagFixture()
        for time in [0, 20, 40, last] { fixture.poll(at: time, committed: 100, end: 110) }
        #expect(fixture.partition.commitsSeen == 0)
        #expect(fixture.partition.status == status)
    }

    /// The one sample is at 5 s.
    @Test(arguments: [(65.0, LagStatus.warmingUp), (65.1, .stall)])
    func withOneSampleToo(_ last: Double, _ status: LagStatus) {
        var fixture = LagFixture()
        fixture.poll(at: 0, committed: 100, end: 110)
        for time in [10, 20, 40, last] { fixture.poll(at: time, committed: 105, end: 110) }
        #expect(fixture.partition.commitsSeen == 1)
        #expect(fixture.partition.status == status)
    }

    /// Samples at 5 s and 15 s: they took 10 s.
    @Test(arguments: [(25.0, LagStatus.warmingUp), (25.1, .stall)])
    func withTwoTheirOwnSpan(_ last: Double, _ status: LagStatus) {
        var fixture = LagFixture()
        fixture.poll(at: 0, committed: 100, end: 110)
        fixture.poll(at: 10, committed: 101, end: 110)
        for time in [20, 21, 22, last] { fixture.poll(at: time, committed: 102, end: 110) }
        #expect(fixture.partition.commitsSeen == 2)
        #expect(fixture.partition.status == status)
    }

    /// It stood at the end ten polls ago, or just before them.
    @Test(arguments: [(9, LagStatus.warmingUp), (10, .stall)])
    func notWhileAStoredEndIsAtTheCommit(_ behind: Int, _ status: LagStatus) {
        var fixture = LagFixture()
        fixture.poll(at: 0, committed: 100, end: 100)
        for i in 1...behind { fixture.poll(at: Double(i) * 30, committed: 100, end: 101) }
        #expect(fixture.partition.status == status)
    }

    @Test(
        arguments: [
            (2, LagStatus.stall, "2 members"), (1, .stall, "1 member"), (0, .stop, "no members"),
            (nil, .stop, "members unknown"),
        ] as [(Int?, LagStatus, String)])
    func membersTellStallFromStop(_ members: Int?, _ status: LagStatus, _ words: String) {
        var fixture = LagFixture()
        for i in 0...4 {
            fixture.poll(at: Double(i) * 20, committed: 100, end: 110, members: members)
        }
        #expect(fixture.partition.status == status)
        #expect(fixture.partition.reason == "no commit for 80s, longer than 1m; \(words)")
    }

    // MARK: Rule 3

    @Test(arguments: [
        ([10, 20, 30, 40, 50, 15, 20, 25, 30, 49] as [Int64], LagStatus.rewind),
        ([10, 20, 30, 40, 50, 15, 20, 25, 30, 50], .ok),
        ([10, 20, 30, 40, 50, 15, 60, 25, 30, 35], .ok),
        ([10, 20, 30, 40, 50, 60, 70, 80, 90, 89], .rewind),
        ([50, 10, 20, 30, 40, 41, 42, 43, 44, 45], .rewind),
    ])
    func goneBackAndNotThereAgain(_ offsets: [Int64], _ status: LagStatus) {
        let lags = offsets.map { 1000 - $0 }
        let fixture = LagFixture.withHistory(lags: lags, offsets: offsets)
        #expect(fixture.partition.status == status)
    }

    /// Only the first step back counts, as in Burrow.
    @Test func aSecondStepBackIsNotLookedAt() {
        let offsets: [Int64] = [10, 20, 15, 30, 40, 50, 60, 70, 35, 36]
        let fixture = LagFixture.withHistory(lags: offsets.map { 1000 - $0 }, offsets: offsets)
        #expect(fixture.partition.status == .ok)
    }

    // MARK: Rules 4 and 5

    @Test(arguments: [
        ([5, 5, 5, 5, 5, 5, 5, 5, 5, 5] as [Int64], LagStatus.warn),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], .warn),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 8], .ok),
        ([3, 2, 3, 4, 5, 6, 7, 8, 9, 10], .ok),
        ([0, 2, 3, 4, 5, 6, 7, 8, 9, 10], .ok),
    ])
    func alwaysBehindAndNeverLess(_ lags: [Int64], _ status: LagStatus) {
        #expect(LagFixture.withHistory(lags: lags).partition.status == status)
    }

    @Test func theAllowedLagCountsInTheHistory() {
        for (first, status) in [(5 as Int64, LagStatus.ok), (6, .warn)] {
            var fixture = LagFixture { $0.allowedLag = 5 }
            for i in 0...10 as ClosedRange<Int64> {
                fixture.poll(at: Double(i) * 5, committed: i * 100, end: i * 100 + max(first, i))
            }
            #expect(fixture.partition.status == status)
        }
    }

    // MARK: Warming up, no commit, disconnected

    @Test func untilThereAreTenItSaysHowMany() {
        var fixture = LagFixture()
        for i in 0...10 as ClosedRange<Int64> {
            fixture.poll(at: Double(i) * 5, committed: i * 100, end: i * 100 + 10 + i)
            #expect(fixture.partition.commitsSeen == Int(i))
            #expect(fixture.partition.status == (i < 10 ? .warmingUp : .warn))
            guard i == 9 else { continue }
            #expect(fixture.partition.reason == "9 of 10 commits seen")
        }
    }

    @Test func nothingCommittedIsNeitherNoneNorAll() {
        var fixture = LagFixture()
        fixture.poll(at: 0, committed: nil, end: 1_000_000)
        #expect(fixture.partition.lag == nil && fixture.partition.headroom == nil)
        #expect(fixture.partition.timeLag == .unknown && fixture.partition.trend == .unknown)
        #expect(fixture.partition.status == .noCommit)
        #expect(fixture.group.total == LagTotal(lag: 0, known: 0, partitions: 1))
        #expect(fixture.group.status == .noCommit)
    }

    @Test func aFirstCommitIsAChangeAndALostOneBeginsAnew() {
        var fixture = LagFixture()
        fixture.poll(at: 0, committed: nil, end: 10)
        fixture.poll(at: 5, committed: 5, end: 10)
        #expect(fixture.partition.commitsSeen == 1)
        fixture.poll(at: 10, committed: nil, end: 10)
        #expect(fixture.partition.commitsSeen == 0)
        #expect(fixture.partition.status == .noCommit)
    }

    @Test func nobodyAnswers() {
        var fixture = LagFixture()
        fixture.fail(at: 0)
        #expect(fixture.group.status == .disconnected && fixture.group.age == nil)
        fixture.poll(at: 10, committed: 5, end: 5)
        #expect(fixture.group.status == .ok && fixture.group.age == .zero)
        fixture.fail(at: 44)
        #expect(fixture.group.status == .disconnected)
        #expect(fixture.group.reason == "no answer: refused")
        #expect(fixture.group.age == .seconds(34))
        #expect(fixture.partition.status == .disconnected && fixture.partition.lag == 0)
        #expect(fixture.group(at: LagFixture.at(200)).reason == "no answer: refused")
    }

    @Test func aProbeThatSaysNothingIsDisconnectedToo() {
        var fixture = LagFixture { $0.silentAfter = .seconds(30) }
        fixture.poll(at: 10, committed: 5, end: 5)
        #expect(fixture.group(at: LagFixture.at(40)).status == .ok)
        let silent = fixture.group(at: LagFixture.at(40) + Nanoseconds(rawValue: 1))
        #expect(silent.status == .disconnected)
        #expect(silent.partitions.map(\.status) == [.disconnected])
        #expect(silent.reason == "no answer for longer than 30s")
    }
}
