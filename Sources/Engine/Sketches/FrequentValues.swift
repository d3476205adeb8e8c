import Events

/// How often the most frequent values came, with at most `capacity` counters, mergeable.
///
/// A value that has no counter gets one. When all are taken, their exact median (of an even number
/// the lower) is subtracted from each, and those that are left with nothing go; `error` is the sum
/// of what was subtracted. So a value that came n times is counted n − error to n times, and one
/// that isn't counted came at most `error` times. At least ⌊k/2⌋ + 1 of k counters lose their
/// median entirely, so
///
///     error ≤ (total − Σ counts) / (⌊capacity/2⌋ + 1) < 2 · total / capacity
///
/// and up to `capacity` different values everything is exact. An add is O(1), amortised; a merge
/// and the top are O(capacity). At most 56 bytes for each counter, 48 KB for 1,024, and the texts.
/// Values are told apart by fingerprint alone: among n, n²/2^65 pairs share one. None is NaN.
///
/// The result depends on the order of the values, and on nothing else. Source: Anderson et al., "A
/// High-Performance Algorithm for Identifying Frequent Items in Data Streams" (IMC 2017), with the
/// exact median for a sampled one; merged as in Agarwal et al., "Mergeable Summaries" (PODS 2012).
package struct FrequentValues: Sendable {
    package let capacity: Int
    /// The sum of all counts that were added.
    package private(set) var total: UInt64 = 0
    /// A true count is at least the counted one, and at most that plus this.
    package private(set) var error: UInt64 = 0

    // Counter i, in the order of first appearance.
    private(set) var prints: [UInt64] = []
    private(set) var counts: [UInt64] = []
    private(set) var values: [Scalar] = []
    /// A table with open addressing by fingerprint, at least half of it free: i + 1, or 0.
    private(set) var slots: [Int32] = []

    package init(capacity: Int = 1024) {
        precondition(capacity > 0, "Frequent values need a counter")
        self.capacity = capacity
    }

    package mutating func add(_ value: Scalar, count: UInt64 = 1) {
        add(fingerprint: value.fingerprint, count: count, value)
    }

    /// The value is asked for only when it gets a counter.
    @inline(__always)
    package mutating func add(
        fingerprint: UInt64, count: UInt64 = 1, _ value: @autoclosure () -> Scalar
    ) {
        total &+= count
        if let i = counter(of: fingerprint) {
            counts[i] &+= count
        } else if count > 0 {
            if counts.count == capacity { lower(by: Self.cut(counts, keeping: capacity / 2)) }
            append(fingerprint, count, value())
        }
    }

    /// The bound on the error holds for the sum, with the smaller of the two capacities. If they
    /// are equal, the result doesn't depend on which one is merged into which.
    package mutating func merge(_ other: FrequentValues) {
        if total == 0 && capacity == other.capacity { return self = other }
        total &+= other.total
        error &+= other.error
        var new: [Int] = []
        for (i, print) in other.prints.enumerated() {
            if let known = counter(of: print) {
                counts[known] &+= other.counts[i]
            } else {
                new.append(i)
            }
        }
        // The largest that can't stay. More counters lose it than would lose a median.
        let cut = Self.cut(counts + new.map { other.counts[$0] }, keeping: capacity)
        lower(by: cut)
        for i in new where other.counts[i] > cut {
            append(other.prints[i], other.counts[i] - cut, other.values[i])
        }
    }

    /// Keeps its memory.
    package mutating func clear() {
        (total, error) = (0, 0)
        truncate(to: 0)
        relink()
    }
}

extension FrequentValues {
    /// The smallest number that at most `n` of the counts exceed: the (n+1)-th largest of them, 0
    /// if there are no more. By halving the range: at most 64 passes, few when counts are small.
    private static func cut(_ counts: [UInt64], keeping n: Int) -> UInt64 {
        guard counts.count > n else { return 0 }
        var (low, high) = (UInt64(0), counts.max() ?? 0)
        while low < high {
            let middle = low + (high - low) / 2
            var above = 0
            for count in counts where count > middle { above += 1 }
            if above > n { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func lower(by cut: UInt64) {
        guard cut > 0 else { return }
        error &+= cut
        var kept = 0
        for i in counts.indices where counts[i] > cut {
            prints[kept] = prints[i]
            counts[kept] = counts[i] - cut
            values.swapAt(kept, i)
            kept += 1
        }
        truncate(to: kept)
        relink()
    }

    private mutating func truncate(to n: Int) {
        prints.removeLast(prints.count - n)
        counts.removeLast(counts.count - n)
        values.removeLast(values.count - n)
    }

    private mutating func append(_ print: UInt64, _ count: UInt64, _ value: Scalar) {
        prints.append(print)
        counts.append(count)
        values.append(value)
        if 2 * prints.count > slots.count { grow() } else { link(prints.count - 1) }
    }

    /// For how many counters there is memory.
    var room: Int { min(capacity, slots.count / 2) }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: max(8, 2 * slots.count))
        prints.reserveCapacity(room)
        counts.reserveCapacity(room)
        values.reserveCapacity(room)
        for i in prints.indices { link(i) }
    }

    private mutating func relink() {
        for slot in slots.indices { slots[slot] = 0 }
        for i in prints.indices { link(i) }
    }

    private mutating func link(_ i: Int) { slots[slot(for: prints[i])] = Int32(i + 1) }

    @inline(__always)
    private func counter(of print: UInt64) -> Int? {
        guard !slots.isEmpty else { return nil }
        let i = Int(slots[slot(for: print)]) - 1
        return i < 0 ? nil : i
    }

    /// Where it is, or the first free slot after where it should be. There is one.
    @inline(__always)
    private func slot(for print: UInt64) -> Int {
        let mask = slots.count - 1
        // Times 2^64 divided by the golden ratio: the highest bits depend on all of them.
        let bits = print &* 0x9E37_79B9_7F4A_7C15
        var slot = Int(truncatingIfNeeded: bits >> UInt64(slots.count.leadingZeroBitCount + 1))
        while slots[slot] != 0, prints[Int(slots[slot]) - 1] != print { slot = (slot + 1) & mask }
        return slot
    }
}
