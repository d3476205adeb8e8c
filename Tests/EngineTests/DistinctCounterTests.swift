import Glibc
import TestSeeds
import Testing

@testable import Engine

@Suite struct DistinctCounterTests {
    private func counter(of prints: some Sequence<UInt64>) -> DistinctCounter {
        var counter = DistinctCounter()
        for print in prints { counter.add(print) }
        return counter
    }

    @Test func exactUpTo256AndNoFurther() {
        var counter = DistinctCounter()
        for n in 0...256 {
            #expect(counter.isExact && counter.estimate == Double(n))
            // Zero is a fingerprint like any other, and repeats count once.
            for print in 0..<n { counter.add(UInt64(print)) }
            if n < 256 { counter.add(UInt64(n)) }
        }
        counter.add(1 << 63)
        #expect(!counter.isExact)
        #expect(abs(counter.estimate - 257) < 257 * 0.02)
    }

    /// Zero, which has a place of its own, may be the one too many, and one of the many.
    @Test func zeroCountsAtTheLimitToo() {
        var late = counter(of: 1...256)
        #expect(late.isExact)
        late.add(0)
        let early = counter(of: 0...256)
        #expect(!late.isExact && !early.isExact && late == early)
        #expect(late != counter(of: 1...257))
        #expect(counter(of: [0]) != counter(of: [1]))
    }

    @Test(arguments: seeds(20))
    func itIsAFunctionOfTheSet(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for n in [1, 90, 256, 257, 300, 3_000] {
            let prints = (0..<n).map { $0 == 0 ? 0 : random.next() }
            let whole = counter(of: prints)
            var parts = [DistinctCounter](repeating: DistinctCounter(), count: random.number(2..<9))
            for print in prints.shuffled(using: &random) {
                for _ in 0...random.number(0..<3) {
                    parts[random.number(0..<parts.count)].add(print)
                }
            }
            var merged = DistinctCounter()
            for part in parts.shuffled(using: &random) { merged.merge(part) }
            #expect(merged == whole && merged.hashValue == whole.hashValue, "seed \(seed) n \(n)")
            #expect(merged.estimate == whole.estimate && merged.isExact == (n <= 256))
            let fewer = counter(of: prints.dropLast())
            if n <= 257 { #expect(fewer != whole, "seed \(seed) n \(n)") }
        }
    }

    /// An exact one and one that isn't, either way round; and neither changes the other.
    @Test func mergingKeepsTheOther() {
        let (few, many, all) = (
            counter(of: 0..<100), counter(of: 50..<5_000), counter(of: 0..<5_000)
        )
        var (a, b) = (few, many)
        a.merge(many)
        b.merge(few)
        #expect(a == all && b == all)
        #expect(few.isExact && few.estimate == 100 && many == counter(of: 50..<5_000))
        a.merge(DistinctCounter())
        #expect(a == all)
    }

    @Test func clearedIsLikeNewAndMemoryIsBounded() {
        var counter = DistinctCounter()
        for n in [200, 100_000, 3, 256] {
            for print in 0..<UInt64(n) { counter.add(print) }
            #expect(counter.byteCount <= 4_152)
            counter.clear()
            #expect(counter == DistinctCounter() && counter.isExact && counter.estimate == 0)
            #expect(counter.hashValue == DistinctCounter().hashValue)
            counter.add(7)
            #expect(counter == self.counter(of: [7]))
            counter.clear()
        }
    }

    /// The same on each processor and in each run.
    @Test func theEstimatesAreTheseToTheBit() {
        let estimates = [257, 10_000, 100_000].map { counter(of: 0..<UInt64($0)).estimate }
        #expect(estimates == [251.58765605127417, 10_201.582235842345, 100_146.56963883109])
    }
}

/// How far the estimate is off.
@Suite struct DistinctErrorTests {
    /// With the histogram that is expected of n fingerprints, the estimate is n, but for a ripple
    /// that is far below the error: a register is at most k < 53 with probability
    /// e^(−n/(4096·2^k)).
    /// From one fingerprint to so many that nearly all registers are full.
    @Test func theExpectedHistogramGivesTheNumber() {
        for exponent in stride(from: 0.0, through: 66, by: 0.25) {
            let n = exp2(exponent)
            let histogram = (0...53).map { rank in
                let rate = n / 4096 / exp2(Double(min(rank, 52)))
                return 4096 * (rank == 0 ? 1 : -expm1(-rate)) * (rank == 53 ? 1 : exp(-rate))
            }
            let error = DistinctCounter.estimate(histogram) / n - 1
            #expect(abs(error) < 1e-5, "2^\(exponent): \(error)")
        }
        let none = [4096] + [Double](repeating: 0, count: 53)
        #expect(DistinctCounter.estimate(none) == 0)
    }

    enum Kind: CaseIterable { case random, sequential, spread }

    /// Estimates as the number grows: relative errors at each of `numbers`.
    private func offs(_ kind: Kind, _ seed: UInt64, at numbers: [Int]) -> [Double] {
        var random = SplitMix(seed: seed)
        var counter = DistinctCounter()
        var n: UInt64 = 0
        return numbers.map { number in
            while n < number {
                n += 1
                switch kind {
                case .random: counter.add(random.next())
                case .sequential: counter.add(seed << 32 + n)
                case .spread: counter.add(n << 40 + seed)
                }
            }
            return counter.estimate / Double(number) - 1
        }
    }

    /// None is further off than six standard errors, and one in a thousand than four.
    private func check(_ errors: [Double], _ kind: Kind) {
        let far = errors.count { abs($0) > 4 * DistinctCounter.standardError }
        let worst = errors.map(\.magnitude).max() ?? 0
        #expect(far <= errors.count / 1000, "\(kind): \(far) of \(errors.count), worst \(worst)")
        #expect(worst < 6 * DistinctCounter.standardError, "\(kind)")
    }

    @Test(arguments: Kind.allCases)
    func withinFourStandardErrors(kind: Kind) {
        let errors = seeds(1).flatMap { seed in
            offs(kind, seed, at: [300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000])
        }
        check(errors, kind)
    }

    @Test(arguments: Kind.allCases)
    func errorsAreSpreadAsTheySayAroundZero(kind: Kind) {
        let numbers = [300, 5_000, 20_000]
        let trials = seeds(100).map { offs(kind, $0, at: numbers) }
        check(trials.flatMap(\.self), kind)
        for (column, number) in numbers.enumerated() {
            let errors = trials.map { $0[column] }
            let mean = errors.reduce(0, +) / Double(errors.count)
            let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let ratio =
                (squares / Double(errors.count)).squareRoot() / DistinctCounter.standardError
            #expect(abs(mean) < 0.003, "\(kind), \(number): mean \(mean)")
            // Less as long as there are registers that nothing has reached.
            #expect(ratio < 1.2 && (ratio > 0.8 || number < 20_000), "\(kind), \(number): \(ratio)")
        }
    }
}
