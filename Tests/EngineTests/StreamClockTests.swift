import Events
import Queries
import Testing

@testable import Engine

/// Partitions, idleness, and the stream's watermark.
@Suite struct StreamClockTests {
    private let second: Int64 = 1_000_000_000

    private func clock(bounded: Bool = false, partitions: [Int] = [0]) -> StreamClock {
        var rules = StreamRules(name: "s", isBounded: bounded)
        rules.outOfOrderness = .seconds(1)
        rules.idleAfter = .seconds(10)
        var clock = StreamClock(rules)
        clock.open("t", partitions: partitions, at: .epoch)
        return clock
    }

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(rawValue: seconds * second) }

    @Test func theWatermarkIsOneNanosecondBehindTheBound() {
        var clock = clock()
        _ = clock.observe([5 * second], in: 0, at: .epoch)
        #expect(clock.watermark == 4 * second - 1)
        _ = clock.observe([3 * second], in: 0, at: .epoch)
        #expect(clock.watermark == 4 * second - 1)
    }

    @Test func aPartitionKnownAtOpeningHoldsTheWatermark() {
        var clock = clock(partitions: [0, 1])
        let answer1 = clock.observe([5 * second], in: 0, at: .epoch)
        #expect(!answer1)
        #expect(clock.watermark == .min)
        let answer2 = clock.observe([9 * second], in: 1, at: .epoch)
        #expect(answer2)
        #expect(clock.watermark == 4 * second - 1)
    }

    @Test func longerThanIdleAfterIsIdle() {
        var clock = clock(partitions: [0, 1])
        _ = clock.observe([5 * second], in: 0, at: at(1))
        _ = clock.tick(at(10))
        #expect(clock.partitions[1].state == .active)
        _ = clock.observe([6 * second], in: 0, at: at(10))
        let answer3 = clock.tick(at(10) + Nanoseconds(rawValue: 1))
        #expect(answer3)
        #expect(clock.partitions.map(\.state) == [.active, .idle])
        #expect(clock.watermark == 5 * second - 1)
    }

    @Test func anIdlePartitionRejoinsWhenItHasCaughtUp() {
        var clock = clock(partitions: [0, 1])
        _ = clock.observe([50 * second], in: 0, at: at(11))
        _ = clock.tick(at(11))
        #expect(clock.watermark == 49 * second - 1)
        _ = clock.observe([20 * second], in: 1, at: at(12))
        #expect(clock.partitions[1].state == .catchingUp)
        #expect(clock.watermark == 49 * second - 1)
        _ = clock.observe([50 * second], in: 1, at: at(12))
        #expect(clock.partitions[1].state == .active)
    }

    @Test func silenceMovesTheWatermarkOnceAllAreIdle() {
        var clock = clock()
        _ = clock.observe([5 * second], in: 0, at: at(0))
        _ = clock.tick(at(10))
        #expect(clock.watermark == 4 * second - 1)
        let answer4 = clock.tick(at(11))
        #expect(answer4)
        #expect(clock.watermark == 5 * second - 1)
        _ = clock.observe([5 * second], in: 0, at: at(11))
        let answer5 = clock.tick(at(12))
        #expect(!answer5)
        #expect(clock.watermark == 5 * second - 1)
    }

    @Test func aDisconnectedSourceHoldsTheWatermarkStill() {
        var clock = clock()
        _ = clock.observe([5 * second], in: 0, at: at(0))
        _ = clock.disconnect("t")
        let answer6 = clock.tick(at(30))
        #expect(!answer6)
        let answer7 = clock.tick(at(60))
        #expect(!answer7)
        #expect(clock.watermark == 4 * second - 1)
    }

    @Test func aBoundedStreamIsNeverIdleAndEndsTime() {
        var clock = clock(bounded: true)
        _ = clock.observe([5 * second], in: 0, at: at(0))
        let answer8 = clock.tick(at(100))
        #expect(!answer8)
        #expect(clock.partitions[0].state == .active)
        let answer9 = clock.end("t", isLast: true)
        #expect(answer9)
        #expect(clock.watermark == .max)
    }

    @Test func anIdIsRememberedForTheWindowAndAtMostABucketLonger() {
        var ids = Deduplicator(window: .seconds(16))
        let answer10 = ids.isDuplicate(7, at: 0)
        #expect(!answer10)
        ids.advance(to: 17 * second - 1)
        let answer11 = ids.isDuplicate(7, at: 16 * second)
        #expect(answer11)
        ids.advance(to: 17 * second)
        let answer12 = ids.isDuplicate(7, at: 17 * second)
        #expect(!answer12)
    }

    @Test func pastTheLimitTheOldestBucketGoes() {
        var ids = Deduplicator(window: .seconds(16), limit: 2)
        for print in 1...3 {
            let known = ids.isDuplicate(UInt64(print), at: Int64(print) * second)
            #expect(!known)
        }
        #expect(ids.shortened == 1)
        let answer13 = ids.isDuplicate(1, at: 3 * second)
        #expect(!answer13)
        let answer14 = ids.isDuplicate(3, at: 3 * second)
        #expect(answer14)
    }
}
