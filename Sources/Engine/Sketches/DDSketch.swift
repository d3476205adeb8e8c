/// Quantiles with a relative error of at most 1 %, mergeable, the same under any order of values.
///
/// A value falls into the bucket that `BucketScale` gives it; negative values into a mirrored
/// store. At most 656 buckets: beyond that the ones nearest zero collapse into one, and
/// `collapsed` counts the values for which the error no longer holds. 656 buckets span a factor of
/// 400,000. Source: Masson, Rim, Lee, "DDSketch" (VLDB 2019), with the collapsing dense store.
package struct DDSketch: Hashable, Sendable {
    package static let relativeError = 0.01
    package static let bucketLimit = 656

    /// How many values, zeros among them.
    package private(set) var count: UInt64 = 0
    private var zeros: UInt64 = 0
    private var positive = BucketStore()
    private var negative = BucketStore()
    /// Values that were collapsed towards zero.
    package var collapsed: UInt64 { positive.collapsed + negative.collapsed }

    package init() {}

    /// What it takes, without what the allocator adds; 2.8 KB at most.
    package var byteCount: Int {
        MemoryLayout<DDSketch>.size + positive.byteCount + negative.byteCount
    }

    package var buckets: Int { positive.count + negative.count }

    /// `x` is finite.
    package mutating func add(_ x: Double) {
        count &+= 1
        if x > 0 {
            positive.add(BucketScale.bucket(of: x))
        } else if x < 0 {
            negative.add(BucketScale.bucket(of: -x))
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
        var value: Double?
        negative.forEachReversed { bucket, n in
            if rank <= n { value = -BucketScale.value(of: bucket) } else { rank -= n }
            return value == nil
        }
        if let value { return value }
        if rank <= zeros { return 0 }
        rank -= zeros
        positive.forEach { bucket, n in
            if rank <= n { value = BucketScale.value(of: bucket) } else { rank -= n }
            return value == nil
        }
        return value
    }

    /// Positive values in bins of equal width on a log scale, and the values that bound them; nil
    /// if there is none.
    package func histogram(bins: Int) -> (counts: [UInt64], shortest: Double, longest: Double)? {
        var buckets: [(bucket: Int, count: UInt64)] = []
        positive.forEach { bucket, n in
            buckets.append((bucket, n))
            return true
        }
        guard let first = buckets.first?.bucket, let last = buckets.last?.bucket else { return nil }
        var result = [UInt64](repeating: 0, count: bins)
        for (bucket, n) in buckets { result[(bucket - first) * bins / (last - first + 1)] += n }
        return (result, BucketScale.value(of: first), BucketScale.value(of: last))
    }

    /// Takes the excess from the store whose lowest bucket is nearest zero.
    private mutating func collapse() {
        let excess = buckets - Self.bucketLimit
        let (low, other) = (positive.floor ?? 0, negative.floor ?? 0)
        if negative.count <= excess || (positive.count > excess && low <= other) {
            positive.raise(to: low + excess)
        } else {
            negative.raise(to: other + excess)
        }
    }
}
