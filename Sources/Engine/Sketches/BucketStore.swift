/// Counts of a sketch's buckets: of up to 88 a sorted list, of more an array from the lowest to the
/// highest, at most `DDSketch.bucketLimit` of them; what is further below counts as the lowest. A
/// count stays at its highest value rather than wrap. At most 2.8 KB, and 384 bytes as a list.
struct BucketStore {
    private static let listLimit = 88
    /// An array that has held so many values is an array again after it was cleared, with the range
    /// that it had: the same key will most likely need it.
    private static let lasting = 64
    private static let listedCount: UInt32 = 1 << 15 - 1

    /// Of a list an entry each: the bucket, 2^16 higher than it is, in 17 bits, its count in 15.
    private var entries: [UInt32] = []
    private var isList = true
    /// Of an array.
    private var lowest: Int32 = 0
    /// Values whose buckets were too far below.
    private(set) var collapsed: UInt64 = 0

    /// How many buckets have room, empty ones among them.
    var count: Int { entries.count }

    /// Of its entries.
    var byteCount: Int { entries.capacity == 0 ? 0 : 32 + 4 * entries.capacity }

    @inline(__always)
    mutating func add(_ bucket: Int) {
        let i = bucket - Int(lowest)
        if !isList, i >= 0, i < entries.count, entries[i] < .max {
            entries[i] += 1
        } else {
            add(bucket, 1)
        }
    }

    @inline(never)
    mutating func add(_ bucket: Int, _ n: UInt64) {
        if isList {
            if addToList(bucket, n) { return }
            spread()
        }
        let index = makeRoom(for: bucket, n)
        entries[index] = UInt32(clamping: UInt64(entries[index]) + n)
    }

    mutating func merge(_ other: BucketStore) {
        collapsed += other.collapsed
        if mergeArray(other) { return }
        other.forEach { bucket, n in
            add(bucket, n)
            return true
        }
    }

    /// Of two arrays, and the first as wide as the other or widened to it: place by place. False
    /// where it isn't so.
    private mutating func mergeArray(_ other: BucketStore) -> Bool {
        guard !other.isList, !other.entries.isEmpty else { return false }
        if isList, entries.isEmpty {
            (isList, entries, lowest) = (false, other.entries, other.lowest)
            return true
        }
        let low = min(lowest, other.lowest)
        let high = max(lowest + Int32(entries.count), other.lowest + Int32(other.entries.count))
        guard !isList, !entries.isEmpty, high - low <= DDSketch.bucketLimit else { return false }
        let below = Int(lowest - low)
        let above = Int(high - lowest) - entries.count
        if below > 0 || above > 0 { widen(below: below, above: above) }
        let from = Int(other.lowest - lowest)
        entries.withUnsafeMutableBufferPointer { entries in
            other.entries.withUnsafeBufferPointer { added in
                for i in added.indices {
                    let (sum, overflow) = entries[from + i].addingReportingOverflow(added[i])
                    entries[from + i] = overflow ? .max : sum
                }
            }
        }
        return true
    }

    /// From the lowest bucket with a value to the highest, until `body` says no.
    func forEach(_ body: (_ bucket: Int, _ count: UInt64) -> Bool) {
        for i in entries.indices where isList || entries[i] > 0 {
            let (bucket, n) = isList ? Self.listed(entries[i]) : (Int(lowest) + i, entries[i])
            guard body(bucket, UInt64(n)) else { return }
        }
    }

    /// The same from the highest.
    func forEachReversed(_ body: (_ bucket: Int, _ count: UInt64) -> Bool) {
        for i in entries.indices.reversed() where isList || entries[i] > 0 {
            let (bucket, n) = isList ? Self.listed(entries[i]) : (Int(lowest) + i, entries[i])
            guard body(bucket, UInt64(n)) else { return }
        }
    }

    /// The lowest that an array begins with; of a list, that it has.
    var floor: Int? {
        entries.first.map { isList ? Self.listed($0).bucket : Int(lowest) }
    }

    mutating func clear() {
        collapsed = 0
        if !isList, entries.reduce(0, { $0 &+ $1 }) >= Self.lasting {
            for i in entries.indices { entries[i] = 0 }
            return
        }
        entries.removeAll(keepingCapacity: true)
        isList = true
        lowest = 0
    }
}

/// By what was counted, not by how it is kept.
extension BucketStore: Hashable {
    private var pairs: [Int: UInt64] {
        var pairs: [Int: UInt64] = [:]
        forEach { bucket, n in
            pairs[bucket] = n
            return true
        }
        return pairs
    }

    static func == (a: BucketStore, b: BucketStore) -> Bool {
        a.collapsed == b.collapsed && a.pairs == b.pairs
    }

    func hash(into hasher: inout Hasher) { hasher.combine(pairs) }
}

extension BucketStore {
    private static func listed(_ entry: UInt32) -> (bucket: Int, count: UInt32) {
        (Int(entry >> 15) - 1 << 16, entry & listedCount)
    }

    /// False where the list has no room for it.
    private mutating func addToList(_ bucket: Int, _ n: UInt64) -> Bool {
        let place = UInt32(bucket + 1 << 16) << 15
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < place { low = middle + 1 } else { high = middle }
        }
        if low < entries.count, entries[low] & ~Self.listedCount == place {
            guard UInt64(entries[low] & Self.listedCount) + n <= Self.listedCount else {
                return false
            }
            entries[low] += UInt32(n)
            return true
        }
        guard entries.count < Self.listLimit, n <= Self.listedCount else { return false }
        if entries.count == entries.capacity { entries.reserveCapacity(entries.count + 16) }
        entries.insert(place | UInt32(n), at: low)
        return true
    }

    /// Makes an array of the list.
    private mutating func spread() {
        let list = entries
        isList = false
        guard let last = list.last, let first = list.first else { return }
        // From the highest, so that the range is the last one from the start.
        let span = Self.listed(last).bucket - Self.listed(first).bucket + 1
        entries = []
        entries.reserveCapacity(min(DDSketch.bucketLimit, (span + 15) / 16 * 16))
        for entry in list.reversed() {
            let (bucket, n) = Self.listed(entry)
            let index = makeRoom(for: bucket, UInt64(n))
            entries[index] = UInt32(clamping: UInt64(entries[index]) + UInt64(n))
        }
    }

    /// The index of a bucket, for which the array grows. A bucket too far below the highest one is
    /// counted in the lowest that there may be.
    private mutating func makeRoom(for bucket: Int, _ n: UInt64) -> Int {
        if max(Int(lowest) + entries.count - 1, bucket) - min(Int(lowest), bucket)
            >= DDSketch.bucketLimit
        {
            dropEmptyEnds()
        }
        guard !entries.isEmpty else {
            lowest = Int32(bucket)
            entries.append(0)
            return 0
        }
        let highest = max(Int(lowest) + entries.count - 1, bucket)
        let floor = highest - DDSketch.bucketLimit + 1
        if bucket < lowest {
            let reached = max(bucket, floor)
            if bucket < reached { collapsed += n }
            if reached < lowest { widen(below: Int(lowest) - reached, above: 0) }
            return max(bucket, Int(lowest)) - Int(lowest)
        }
        if floor > lowest { raise(to: floor) }
        let missing = bucket - Int(lowest) - entries.count + 1
        if missing > 0 { widen(below: 0, above: missing) }
        return bucket - Int(lowest)
    }

    /// Buckets at the ends without a value may be left from before the array was cleared.
    private mutating func dropEmptyEnds() {
        guard let last = entries.lastIndex(where: { $0 > 0 }) else {
            entries.removeAll(keepingCapacity: true)
            return
        }
        entries.removeLast(entries.count - 1 - last)
        let first = entries.firstIndex { $0 > 0 } ?? 0
        entries.removeFirst(first)
        lowest += Int32(first)
    }

    /// Makes room at the ends, in memory that has little more.
    private mutating func widen(below: Int, above: Int) {
        let count = entries.count + below + above
        if entries.capacity >= count {
            if above > 0 { entries.append(contentsOf: repeatElement(0, count: above)) }
            if below > 0 { entries.insert(contentsOf: repeatElement(0, count: below), at: 0) }
        } else {
            var wider: [UInt32] = []
            wider.reserveCapacity(min(DDSketch.bucketLimit, (count + 15) / 16 * 16))
            wider.append(contentsOf: repeatElement(0, count: below))
            wider.append(contentsOf: entries)
            wider.append(contentsOf: repeatElement(0, count: above))
            entries = wider
        }
        lowest -= Int32(below)
    }

    /// Counts everything below `floor` in the bucket `floor`; of an array.
    mutating func raise(to floor: Int) {
        if isList { spread() }
        let k = floor - Int(lowest)
        guard k > 0 else { return }
        let below = entries.prefix(k).reduce(UInt64(0)) { $0 + UInt64($1) }
        collapsed += below
        entries.removeFirst(min(k, entries.count))
        if entries.isEmpty { entries.append(0) }
        entries[0] = UInt32(clamping: UInt64(entries[0]) + below)
        lowest = Int32(floor)
        if entries.capacity > entries.count {
            entries = entries.withUnsafeBufferPointer { Array($0) }
        }
    }
}
