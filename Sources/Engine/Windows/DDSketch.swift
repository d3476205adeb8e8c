#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Quantiles with a relative error of at most 1 %, mergeable, the same under any order of values.
///
/// A value x falls into bucket ⌈log_γ x⌉, with γ = 1.01/0.99; negative values into a mirrored
/// store. At most 700 buckets: beyond that the ones nearest zero collapse into one, and
/// `collapsed` counts the values for which the error no longer holds. 700 buckets span a factor of
/// a million. Source: Masson, Rim, Lee, "DDSketch" (VLDB 2019), with the collapsing dense store.
package struct DDSketch: Hashable, Sendable {
    package static let relativeError = 0.01
    package static let bucketLimit = 700

    static let gamma = (1 + relativeError) / (1 - relativeError)
    @usableFromInline static let inverseLogGamma = 1 / log(gamma)

    /// How many values, zeros among them.
    package private(set) var count: UInt64 = 0
    private var zeros: UInt64 = 0
    private var positive = Store()
    private var negative = Store()
    /// Values that were collapsed towards zero.
    package var collapsed: UInt64 { positive.collapsed + negative.collapsed }

    package init() {}

    package var buckets: Int { positive.counts.count + negative.counts.count }

    /// `x` is finite.
    package mutating func add(_ x: Double) {
        count &+= 1
        if x > 0 {
            positive.add(Self.bucket(x), 1)
        } else if x < 0 {
            negative.add(Self.bucket(-x), 1)
        } else {
            zeros &+= 1
        }
        if buckets > Self.bucketLimit { collapse() }
    }

    package mutating func merge(_ other: DDSketch) {
        count += other.count
        zeros += other.zeros
        positive.merge(other.positive)
        negative.merge(other.negative)
        if buckets > Self.bucketLimit { collapse() }
    }

    package mutating func clear() {
        count = 0
        zeros = 0
        positive.clear()
        negative.clear()
    }

    /// The value of rank ⌈q·n⌉, counted from 1 (nearest rank); nil when empty. 0 < q < 1.
    package func quantile(_ q: Double) -> Double? {
        guard count > 0 else { return nil }
        var rank = max(1, UInt64((q * Double(count)).rounded(.up)))
        for i in negative.counts.indices.reversed() {
            let n = UInt64(negative.counts[i])
            if rank <= n { return -Self.value(negative.lowest + i) }
            rank -= n
        }
        if rank <= zeros { return 0 }
        rank -= zeros
        for i in positive.counts.indices {
            let n = UInt64(positive.counts[i])
            if rank <= n { return Self.value(positive.lowest + i) }
            rank -= n
        }
        return nil
    }

    /// Positive values in bins of equal width on a log scale, and the values that bound them; nil
    /// if there is none.
    package func histogram(bins: Int) -> (counts: [UInt64], shortest: Double, longest: Double)? {
        let counts = positive.counts
        guard let first = counts.firstIndex(where: { $0 > 0 }),
            let last = counts.lastIndex(where: { $0 > 0 })
        else { return nil }
        var result = [UInt64](repeating: 0, count: bins)
        for i in first...last {
            result[(i - first) * bins / (last - first + 1)] += UInt64(counts[i])
        }
        return (result, Self.value(positive.lowest + first), Self.value(positive.lowest + last))
    }

    private static func bucket(_ x: Double) -> Int {
        let place = log(x) * inverseLogGamma
        // Rounded up, without a call: not every processor has an instruction for it.
        let whole = Int(place)
        return place > Double(whole) ? whole + 1 : whole
    }

    /// The point of a bucket that is nowhere further than the relative error from its values.
    private static func value(_ bucket: Int) -> Double {
        2 * exp(Double(bucket) / inverseLogGamma) / (gamma + 1)
    }

    /// Takes the excess from the store whose lowest bucket is nearest zero.
    private mutating func collapse() {
        let excess = buckets - Self.bucketLimit
        if negative.counts.count <= excess
            || (positive.counts.count > excess && positive.lowest <= negative.lowest)
        {
            positive.raise(to: positive.lowest + excess)
        } else {
            negative.raise(to: negative.lowest + excess)
        }
    }
}

extension DDSketch {
    /// Counts of consecutive buckets, at most `bucketLimit`; a count stays at its highest value
    /// rather than wrap.
    private struct Store: Hashable {
        var lowest = 0
        var counts: [UInt32] = []
        var collapsed: UInt64 = 0

        mutating func add(_ bucket: Int, _ n: UInt32) {
            let i = bucket - lowest
            let index = i >= 0 && i < counts.count ? i : makeRoom(for: bucket, n)
            let (sum, overflow) = counts[index].addingReportingOverflow(n)
            counts[index] = overflow ? .max : sum
        }

        /// The index of a bucket outside the range, which grows for it. A bucket too far below
        /// the highest one is counted in the lowest that there may be.
        private mutating func makeRoom(for bucket: Int, _ n: UInt32) -> Int {
            guard !counts.isEmpty else {
                lowest = bucket
                counts.append(0)
                return 0
            }
            let highest = max(lowest + counts.count - 1, bucket)
            let floor = highest - DDSketch.bucketLimit + 1
            if bucket < lowest {
                let reached = max(bucket, floor)
                if bucket < reached { collapsed += UInt64(n) }
                counts.insert(contentsOf: repeatElement(0, count: max(0, lowest - reached)), at: 0)
                lowest = min(lowest, reached)
                return max(bucket, lowest) - lowest
            }
            if floor > lowest { raise(to: floor) }
            counts.append(
                contentsOf: repeatElement(0, count: max(0, bucket - lowest - counts.count + 1)))
            return bucket - lowest
        }

        mutating func merge(_ other: Store) {
            for (i, n) in other.counts.enumerated() where n > 0 { add(other.lowest + i, n) }
            collapsed += other.collapsed
        }

        /// Counts everything below `floor` in the bucket `floor`.
        mutating func raise(to floor: Int) {
            let k = floor - lowest
            let below = counts.prefix(k).reduce(UInt64(0)) { $0 + UInt64($1) }
            collapsed += below
            counts.removeFirst(min(k, counts.count))
            if counts.isEmpty { counts.append(0) }
            counts[0] = UInt32(clamping: UInt64(counts[0]) + below)
            lowest = floor
        }

        mutating func clear() {
            counts.removeAll(keepingCapacity: true)
            collapsed = 0
        }
    }
}
