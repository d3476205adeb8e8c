extension DistinctCounter {
    /// A whole number while exact.
    ///
    /// Otherwise from how many registers have each value, over the whole range and without tables
    /// of measured bias. Source: O. Ertl, "New cardinality estimation algorithms for HyperLogLog
    /// sketches" (arXiv:1702.01284, 2017), the improved raw estimator.
    package var estimate: Double {
        isExact ? Double(members) : Self.estimate(histogram)
    }

    /// How many registers have each value: 0, the ranks 1 to 52, and 53 for none among 52 bits.
    private var histogram: [Double] {
        var counts = [Int](repeating: 0, count: 64 - Self.precision + 2)
        for word in words {
            for shift in stride(from: 0, to: UInt64(64), by: 8) {
                counts[Int(word >> shift & 0xFF)] += 1
            }
        }
        return counts.map(Double.init)
    }

    /// Of the whole set, from the histogram of the registers.
    static func estimate(_ histogram: [Double]) -> Double {
        let m = Double(1 << precision)
        var z = m * tau(1 - histogram[histogram.count - 1] / m)
        for count in histogram.dropFirst().dropLast().reversed() { z = 0.5 * (z + count) }
        z += m * sigma(histogram[0] / m)
        // 1 / (2 ln 2), which is α for infinitely many registers.
        return 0.721_347_520_444_481_7 * m * m / z
    }

    /// x + Σ x^(2^k)·2^(k−1) for k ≥ 1: what the registers at 0 would be, had they ranks below.
    private static func sigma(_ x: Double) -> Double {
        guard x < 1 else { return .infinity }
        var (x, weight, sum, last) = (x, 1.0, x, -1.0)
        while sum != last {
            x *= x
            last = sum
            sum += x * weight
            weight += weight
        }
        return sum
    }

    /// (1 − x − Σ (1 − x^(2^−k))²·2^−k for k ≥ 1) / 3: the same for the highest rank, above.
    private static func tau(_ x: Double) -> Double {
        guard x > 0, x < 1 else { return 0 }
        var (x, weight, sum, last) = (x, 1.0, 1 - x, -1.0)
        while sum != last {
            x = x.squareRoot()
            last = sum
            weight *= 0.5
            sum -= (1 - x) * (1 - x) * weight
        }
        return sum / 3
    }
}

extension DistinctCounter: Hashable {
    /// Equal when the same fingerprints were added, whatever the order; once they are more than
    /// `exactLimit`, when their registers are.
    package static func == (a: DistinctCounter, b: DistinctCounter) -> Bool {
        guard a.isExact == b.isExact, a.members == b.members, a.hasZero == b.hasZero else {
            return false
        }
        if !a.isExact { return a.words == b.words }
        return a.words.allSatisfy { $0 == 0 || b.keeps($0) }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(members)
        hasher.combine(words.reduce(0, &+))
    }
}
