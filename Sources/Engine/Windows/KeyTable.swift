import Events

/// A view's keys and their slots: dense, given in the order of first appearance, freed when a key
/// is forgotten and then given again.
///
/// At most `limit` keys; past it events go to one more slot, `(other)`, so that totals stay exact.
struct KeyTable {
    let limit: Int
    private var slotOfKey: [Key: Int32] = [:]
    private(set) var keys: [Key?] = []
    /// Of each slot: the end of the first window in which its key can appear.
    private(set) var since: [Timestamp] = []
    /// Of each slot: windows that end at or before this are of the keys that had it before.
    private var before: [Timestamp] = []
    /// Free slots; the last one is given next.
    private var free: [Int32] = []
    /// Slots of forgotten keys, of which a window may still change.
    private var resting: [Int32] = []
    /// Once true the slot `limit` is the `(other)` row.
    private(set) var isOverLimit = false

    /// Counts forgotten keys: a memory of slots is good for as long as it stands.
    private(set) var generation = 0
    private let other: Key

    /// `fields`: how many values a key has.
    init(limit: Int, fields: Int) {
        self.limit = limit
        other = Key((0..<max(1, fields)).map { $0 == 0 ? .string("(other)") : .null })
    }

    /// The key's slot; a new key gets one. `firstEnd`: where its first window ends.
    mutating func slot(of key: Key, firstEnd: Timestamp) -> Int32 {
        if let known = slotOfKey[key] { return known }
        guard slotOfKey.count < limit else { return overflow(firstEnd) }
        let slot = take(firstEnd)
        slotOfKey[key] = slot
        keys[Int(slot)] = key
        return slot
    }

    /// The key's slot, if it has one of its own.
    func slot(of key: Key) -> Int32? {
        slotOfKey[key] ?? (isOverLimit && key == other ? Int32(limit) : nil)
    }

    /// The key has an event in a window that ends then: not always the first to come is the
    /// earliest.
    mutating func note(_ slot: Int32, in end: Timestamp) {
        guard end < since[Int(slot)], end > before[Int(slot)] else { return }
        since[Int(slot)] = end
    }

    /// Whether a window that ends then is of an earlier key of the slot.
    func isOfFormerKey(_ slot: Int32, _ end: Timestamp) -> Bool { end <= before[Int(slot)] }

    /// `end`: of the last window in which it could have a row.
    mutating func forget(slot: Int32, after end: Timestamp) {
        guard let key = keys[Int(slot)], slot < limit else { return }
        before[Int(slot)] = max(before[Int(slot)], end)
        slotOfKey[key] = nil
        keys[Int(slot)] = nil
        generation += 1
        resting.append(slot)
    }

    /// Windows that end by then are final: slots that were forgotten after them may be given again.
    mutating func release(through end: Timestamp) {
        guard !resting.isEmpty else { return }
        let rests = resting
        resting = rests.filter { before[Int($0)] > end }
        free += rests.filter { before[Int($0)] <= end }
    }

    private mutating func take(_ firstEnd: Timestamp) -> Int32 {
        if let slot = free.popLast() {
            since[Int(slot)] = max(firstEnd, before[Int(slot)] + Nanoseconds(rawValue: 1))
            return slot
        }
        keys.append(nil)
        since.append(firstEnd)
        before.append(.beginning)
        return Int32(keys.count - 1)
    }

    /// All `limit` slots are taken, so the next is free for the rest.
    private mutating func overflow(_ firstEnd: Timestamp) -> Int32 {
        if !isOverLimit {
            isOverLimit = true
            keys.append(other)
            since.append(firstEnd)
            before.append(.beginning)
        }
        return Int32(limit)
    }
}
