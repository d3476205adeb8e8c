import Events
import TestSeeds
import Testing

@testable import Engine

/// Whatever is polled: what must hold of every snapshot.
@Suite struct LagPropertyTests {
    @Test(arguments: seeds(30))
    func theOrderOfPartitionsMeansNothing(seed: UInt64) {
        var dice = SeededGenerator(state: seed)
        var (plain, mixed) = (LagFixture(), LagFixture())
        var partitions = (0..<6).map { offsets($0 % 3, 50, 100, topic: $0 < 3 ? "a" : "b") }
        for step in 1...60 {
            let time = Double(step) * 5
            if Int.random(in: 0..<12, using: &dice) == 0 {
                plain.fail(at: time)
                mixed.fail(at: time)
                continue
            }
            for i in partitions.indices { partitions[i].move(using: &dice) }
            let answer = partitions.filter { _ in Int.random(in: 0..<20, using: &dice) > 0 }
            plain.poll(at: time, answer)
            mixed.poll(at: time, answer.shuffled(using: &dice))
            let (a, b) = (plain.group, mixed.group)
            #expect(a.partitions == b.partitions, "seed \(seed), step \(step)")
            #expect(a.status == b.status && a.worst == b.worst && a.total == b.total)
            #expect(a.consumeRate == b.consumeRate && a.produceRate == b.produceRate)
            #expect(a.history == b.history)
            check(a, seed, step)
        }
    }

    private func check(_ group: LagGroupSnapshot, _ seed: UInt64, _ step: Int) {
        let known = group.partitions.compactMap(\.lag)
        let total = LagTotal(
            lag: known.reduce(0, +), known: known.count, partitions: group.partitions.count)
        #expect(group.total == total, "seed \(seed), step \(step)")
        #expect(group.status == group.partitions.map(\.status).max())
        for partition in group.partitions {
            let isSound =
                (partition.lag ?? 0) >= 0 && (partition.consumeRate ?? 0) >= 0
                && (partition.produceRate ?? 0) >= 0 && !partition.reason.isEmpty
                && isSound(partition.timeLag) && isSound(partition.trend)
                && (partition.lag == 0) == (partition.timeLag == .zero)
            #expect(isSound, "seed \(seed), step \(step): \(partition)")
        }
    }

    private func isSound(_ timeLag: TimeLag) -> Bool {
        switch timeLag {
        case .bracketed(let middle, let half): half > .zero && middle + half > .zero
        case .atLeast(let least): least > .zero
        case .exact, .zero, .unknown: true
        }
    }

    private func isSound(_ trend: LagTrend) -> Bool {
        if case .drains(let duration) = trend { duration > .zero } else { true }
    }
}

extension PartitionOffsets {
    /// Mostly on; sometimes back, cut, made anew, or without a commit.
    fileprivate mutating func move(using dice: inout SeededGenerator) {
        end += Int64.random(in: 0...20, using: &dice)
        let step = Int64.random(in: 0...25, using: &dice)
        committed = committed.map { min($0 + step, end) } ?? (step > 20 ? logStart : nil)
        switch Int.random(in: 0..<40, using: &dice) {
        case 0: committed = nil
        case 1: committed = Int64.random(in: 0...end, using: &dice)
        case 2: logStart = Int64.random(in: 0...end, using: &dice)
        case 3: (logStart, end) = (0, Int64.random(in: 0...end, using: &dice))
        default: break
        }
    }
}
