import Events
import Glibc
import TestSeeds
import Testing

@testable import Engine

@Suite struct FrequentValuesTests {
    /// In the way that tests compare: `a:3 b:1`.
    private func text(_ sketch: FrequentValues, _ n: Int = .max) -> String {
        sketch.top(n).map { "\($0.value):\($0.count)" }.joined(separator: " ")
    }

    private func sketch(_ capacity: Int, _ counts: KeyValuePairs<String, UInt64>) -> FrequentValues
    {
        var sketch = FrequentValues(capacity: capacity)
        for (name, count) in counts { sketch.add(.string(name), count: count) }
        return sketch
    }

    @Test func theMedianGoesWhenOneMoreIsNeeded() {
        var sketch = sketch(4, ["d": 1, "b": 3, "a": 5, "c": 2])
        #expect(text(sketch) == "a:5 b:3 c:2 d:1" && sketch.error == 0)
        sketch.add(.string("a"))
        #expect(sketch.error == 0)
        sketch.add(.string("e"), count: 7)
        #expect(text(sketch) == "e:7 a:4 b:1" && sketch.error == 2 && sketch.total == 19)
        for name in ["c", "f"] { sketch.add(.string(name)) }
        #expect(text(sketch) == "e:6 a:3 f:1" && sketch.error == 3 && sketch.total == 21)
        #expect(text(sketch, 1) == "e:6" && text(sketch, 0).isEmpty)
    }

    @Test func anOddCapacityHasOneMedian() {
        var sketch = sketch(3, ["a": 1, "b": 2, "c": 4])
        sketch.add(.null)
        #expect(text(sketch) == "c:2 –:1" && sketch.error == 2)
        var one = FrequentValues(capacity: 1)
        for x in [3, 3, 4.0] { one.add(.number(x)) }
        #expect(text(one) == "4:1" && one.error == 2)
    }

    @Test func mergingKeepsTheLargest() {
        let a = sketch(3, ["a": 5, "b": 1, "c": 3])
        let b = sketch(3, ["d": 2, "c": 1, "e": 4])
        for (x, y) in [(a, b), (b, a)] {
            var merged = x
            merged.merge(y)
            // a 5, c 4, e 4, d 2, b 1: the fourth is subtracted.
            #expect(text(merged) == "a:3 c:2 e:2" && merged.error == 2 && merged.total == 16)
            merged.merge(merged)
            #expect(text(merged) == "a:6 c:4 e:4" && merged.error == 4 && merged.total == 32)
        }
        #expect(text(a) == "a:5 c:3 b:1" && a.error == 0)
    }

    @Test(arguments: seeds(5))
    func tiesAreInTheOrderOfValues(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let values: [Scalar] =
            [.null, .bool(false), .bool(true)] + [-3, 0, 2, 10].map { .number($0) }
            + ["", "10", "2", "B", "a", "ä"].map { .string($0) }
        var sketch = FrequentValues(capacity: 64)
        for value in values.shuffled(using: &random) { sketch.add(value, count: 2) }
        #expect(sketch.top(100).map(\.value) == values)
        #expect(sketch.top(5).map(\.value) == Array(values.prefix(5)))
        sketch.add(.string("a"))
        #expect(sketch.top(3).map(\.value) == [.string("a"), .null, .bool(false)])
    }

    /// A text isn't made for a value that is counted already.
    @Test func aValueIsAskedForWhenItIsNew() {
        var sketch = FrequentValues(capacity: 2)
        var asked: [UInt64] = []
        func value(_ print: UInt64) -> Scalar {
            asked.append(print)
            return .number(Double(print))
        }
        for print: UInt64 in [0, 0, 1, 0, 1, 2, 0, 2] {
            sketch.add(fingerprint: print, value(print))
        }
        #expect(asked == [0, 1, 2] && text(sketch) == "0:2 2:2")
        sketch.add(fingerprint: 3, count: 0, value(3))
        #expect(asked == [0, 1, 2] && sketch.total == 8)
    }

    @Test func exactUpToTheCapacityAndBounded() {
        var sketch = FrequentValues()
        for round in 1...2 {
            for i in 0..<1_024 { sketch.add(.number(Double(i)), count: UInt64(i / 2 + 1)) }
            #expect(sketch.error == 0 && text(sketch, 3) == "1022:512 1023:512 1020:511")
            sketch.add(.null)
            #expect(sketch.error == 256 && sketch.top(2_000).count == 513, "round \(round)")
            #expect(sketch.byteCount < 50_000)
            sketch.clear()
            #expect(sketch.error == 0 && sketch.total == 0 && sketch.top(9).isEmpty)
        }
        sketch.add(.string("a text of more than fifteen bytes"))
        #expect(text(sketch) == "a text of more than fifteen bytes:1")
    }
}

/// Against exact counts.
@Suite struct FrequentErrorTests {
    enum Shape: CaseIterable { case zipf, uniform, oneHeavy, runs, rising }

    private func stream(_ shape: Shape, _ random: inout SplitMix) -> [Int] {
        let kinds = 1_500
        return (0..<8_000).map { i in
            switch shape {
            case .zipf: Int(exp(Double.random(in: 0..<log(Double(kinds)), using: &random)))
            case .uniform: random.number(0..<kinds)
            case .oneHeavy: random.once(in: 4) ? 7 : random.number(0..<kinds)
            case .runs: i / 10
            // Each value once, then the same few: the heavy ones come last.
            case .rising: i < 6_000 ? i : i % 3
            }
        }
    }

    private func exact(_ stream: [Int]) -> [Scalar: UInt64] {
        stream.reduce(into: [:]) { $0[.number(Double($1)), default: 0] += 1 }
    }

    private func sketch(_ stream: some Sequence<Int>) -> FrequentValues {
        var sketch = FrequentValues(capacity: 64)
        for value in stream { sketch.add(.number(Double(value))) }
        return sketch
    }

    /// Returns for how many n the first n had to be right.
    @discardableResult
    private func check(
        _ sketch: FrequentValues, _ exact: [Scalar: UInt64], _ comment: Comment
    ) -> Int {
        let all = sketch.top(.max)
        #expect(all.count <= 64 && sketch.total == exact.values.reduce(0, +), comment)
        #expect(33 * sketch.error + all.reduce(0) { $0 + $1.count } <= sketch.total, comment)
        var left = exact
        let isRight = all.allSatisfy { value, count in
            let n = left.removeValue(forKey: value) ?? 0
            return count > 0 && n >= count && n <= count + sketch.error
        }
        #expect(isRight && left.values.allSatisfy { $0 <= sketch.error }, comment)
        let sorted = exact.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let clear = (1...10).filter { sorted[$0 - 1].value > sorted[$0].value + sketch.error }
        for n in clear {
            #expect(Set(sketch.top(n).map(\.value)) == Set(sorted.prefix(n).map(\.key)), comment)
        }
        return clear.count
    }

    @Test(arguments: Shape.allCases, seeds(3))
    func trueCountsAreWithinTheError(shape: Shape, seed: UInt64) {
        var random = SplitMix(seed: seed)
        let stream = stream(shape, &random)
        let sketch = sketch(stream)
        let clear = check(sketch, exact(stream), "\(shape), seed \(seed)")
        if shape != .uniform && shape != .runs { #expect(clear > 0, "\(shape), seed \(seed)") }
        #expect(sketch.error > 0)
    }

    /// Of uneven parts, in any order and grouping.
    @Test(arguments: Shape.allCases, seeds(3))
    func mergedPartsAreWithinTheErrorToo(shape: Shape, seed: UInt64) {
        var random = SplitMix(seed: seed)
        let stream = stream(shape, &random)
        let ends = ([0, stream.count] + (0..<5).map { _ in random.number(0..<stream.count) })
            .sorted()
        var parts = zip(ends, ends.dropFirst()).map { sketch(stream[$0..<$1]) }
        let comment: Comment = "\(shape), seed \(seed)"
        while parts.count > 1 {
            let (a, b) = (parts.remove(at: random.number(0..<parts.count)), parts.removeLast())
            var (ab, ba) = (a, b)
            ab.merge(b)
            ba.merge(a)
            #expect(
                ab.top(.max).elementsEqual(ba.top(.max), by: ==) && ab.error == ba.error, comment)
            parts.insert(random.once(in: 2) ? ab : ba, at: 0)
        }
        check(parts[0], exact(stream), comment)
    }

    /// As long as there are counters enough.
    @Test(arguments: seeds(3))
    func anyOrderAndSplitIsTheSameWhileExact(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let stream = (0..<2_000).map { _ in min(random.number(0..<64), random.number(0..<64)) }
        let whole = sketch(stream)
        var merged = sketch(stream.shuffled(using: &random).prefix(0))
        let shuffled = stream.shuffled(using: &random)
        for part in [shuffled[..<300], shuffled[300..<310], shuffled[310...]] {
            merged.merge(sketch(part))
        }
        #expect(whole.top(.max).elementsEqual(merged.top(.max), by: ==) && merged.error == 0)
        let exact = exact(stream).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        #expect(whole.top(.max).map(\.value) == exact.map(\.key))
        #expect(whole.top(.max).map(\.count) == exact.map(\.value))
    }
}
