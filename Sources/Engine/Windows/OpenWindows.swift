import Events

/// The open slices of event time of a view's rows, and which windows have fired: of all its keys,
/// or with `watermark_by` of the keys of one clock. A row is a key's, by its number here.
struct OpenWindows {
    /// Stretches of event time that may be open at once; events past that are overflowed.
    static let sliceLimit = 10_000
    private static let recycledLimit = 16

    var layout: CompiledQuery
    /// nil: one window, since the start.
    let grid: WindowGrid?
    let forgetAfter: Int64
    /// As in `EventPlace`; empty where nobody asks.
    var origins: [Origin] = []

    /// Of each row: the highest event time in slices that have fired; `.min` before.
    var lastSeen: [Int64] = []
    /// Ascending by index.
    var slices: [Slice] = []
    private var recycled: [Slice] = []
    /// Where the last event's slice was: the next one's is nearly always the same.
    private var position = 0
    /// The watermark up to which windows have fired.
    var reached = Int64.min
    /// Windows that end at or before this have fired without what fires them again.
    var backfillUntil = Int64.min
    /// Whether a row was left after the last window, so that the next one fires too.
    var lives = false
    /// Of all aggregated events.
    private(set) var lowestTime = Int64.max
    private(set) var highestTime = Int64.min

    init(layout: CompiledQuery, grid: WindowGrid?, forgetAfter: Nanoseconds) {
        self.layout = layout
        self.grid = grid
        self.forgetAfter = forgetAfter.rawValue
    }

    /// Finds or opens the slice; its place is then `position`. False where too many are open.
    @inline(__always)
    mutating func place(_ index: Int64) -> Bool {
        if position < slices.count, slices[position].index == index { return true }
        return search(index)
    }

    @inline(never)
    private mutating func search(_ index: Int64) -> Bool {
        var low = 0
        var high = slices.count
        while low < high {
            let middle = (low + high) / 2
            if slices[middle].index < index { low = middle + 1 } else { high = middle }
        }
        position = low
        if low < slices.count, slices[low].index == index { return true }
        guard slices.count < Self.sliceLimit else { return false }
        slices.insert(open(index), at: low)
        return true
    }

    private mutating func open(_ index: Int64) -> Slice {
        guard var slice = recycled.popLast() else { return Slice(index: index, layout: layout) }
        slice.recycle(as: index)
        return slice
    }

    /// Takes an event into its row of the slice that was placed.
    mutating func add(_ event: Int, _ time: Int64, row: Int, _ rows: borrowing ViewBatch) {
        note(time)
        withUnsafePointer(to: Int32(event)) { event in
            withUnsafePointer(to: Int32(row)) { row in
                add(
                    UnsafeBufferPointer(start: event, count: 1),
                    at: UnsafeBufferPointer(start: row, count: 1), rows)
            }
        }
    }

    /// Takes what was picked into its slices, each of which is open.
    mutating func add(_ picks: inout SlicePicks, _ rows: borrowing ViewBatch) {
        picks.take { index, events, slots in
            let isOpen = place(index)
            precondition(isOpen, "a slice is picked when it has been opened")
            add(events, at: slots, rows)
        }
    }

    private mutating func add(
        _ events: UnsafeBufferPointer<Int32>, at slots: UnsafeBufferPointer<Int32>,
        _ rows: borrowing ViewBatch
    ) {
        var highest: Int32 = 0
        for slot in slots { highest = max(highest, slot) }
        slices[position].grow(to: Int(highest) + 1)
        while lastSeen.count <= highest { lastSeen.append(.min) }
        slices[position].add(events, at: slots, rows, layout)
    }

    @inline(__always)
    mutating func note(_ time: Int64) {
        lowestTime = min(lowestTime, time)
        highestTime = max(highestTime, time)
    }

    /// Lets go of the slices of which every window is final.
    mutating func dropFinal(_ watermark: Int64) {
        guard let grid else { return }
        while let first = slices.first, grid.isFinal(grid.lastEnd(first.index), watermark) {
            let slice = slices.removeFirst()
            if recycled.count < Self.recycledLimit { recycled.append(slice) }
        }
    }

    /// The places of the slices that make up the window that ends at `end`.
    func positions(endingAt end: Int64, _ grid: WindowGrid) -> Range<Int> {
        let first = grid.slice(of: grid.minus(end, grid.size))
        let last = grid.slice(of: end - 1)
        let lower = slices.firstIndex { $0.index >= first } ?? slices.count
        let upper = slices[lower...].firstIndex { $0.index > last } ?? slices.count
        return lower..<upper
    }
}
