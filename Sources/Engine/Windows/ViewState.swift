import Events
import Queries

/// A view's state: its keys, the open slices of event time, the panes it has fired, its books.
struct ViewState {
    /// Fired panes kept, and their bytes; panes that may still change are kept beyond that.
    static let historyLimit = 600
    static let historyBytes = 64 << 20
    /// Stretches of event time that may be open at once; events past that are overflowed.
    static let sliceLimit = 10_000

    let plan: ViewPlan
    let rules: StreamRules
    let layout: CompiledQuery
    /// nil: one window, since the start.
    let grid: WindowGrid?

    var keys: KeyTable
    /// Of each slot: the highest event time in slices that have fired; `.min` before.
    var lastSeen: [Int64] = []
    /// Ascending by index.
    var slices: [Slice] = []
    var recycled: [Slice] = []
    /// Where the last event's slice was: the next one's is nearly always the same.
    private var position = 0

    var history: [Pane] = []
    /// How many panes of the history, from its start, are final.
    var finals = 0
    var historySize = 0
    var books = ViewBooks()
    /// The watermark up to which windows have fired.
    var reached = Int64.min
    /// Of all aggregated events.
    var lowestTime = Int64.max
    var highestTime = Int64.min

    init(_ plan: ViewPlan, rules: StreamRules, fields: inout FieldTable) {
        self.plan = plan
        self.rules = rules
        layout = CompiledQuery(plan.query, &fields)
        grid = plan.query.window.map {
            WindowGrid(
                size: $0.size.rawValue, hop: $0.hop.rawValue,
                allowedLateness: rules.allowedLateness.rawValue)
        }
        keys = KeyTable(limit: plan.keyLimit, fields: plan.query.keys.count)
    }

    /// Takes the rows of `range` in order; those that aren't `kept` are duplicates. The
    /// stream's watermark crosses no boundary of this view
    /// between them, so one value judges all. Rows that come too late are marked in `late`.
    mutating func aggregate(
        _ range: Range<Int>, of rows: inout ViewBatch, kept: [Bool]?, watermark: Int64,
        late: inout [Bool], fire: (FiredPane) -> Void
    ) {
        for row in range {
            if let kept, !kept[row] { continue }
            if let passes = rows.passes, !passes[row] {
                books.filtered += 1
                continue
            }
            let time = rows.batch.times[row]
            let index = grid?.slice(of: time) ?? 0
            if let grid, grid.isFinal(grid.lastEnd(index), watermark) {
                books.late += 1
                late[row] = true
                continue
            }
            guard place(index) else {
                books.overflowed += 1
                continue
            }
            let slot = add(row, time, index, &rows)
            if let grid, grid.isDue(grid.sliceEnd(index), watermark) {
                refire(slot: Int(slot), slice: index, time: time, watermark, grid, fire)
            }
        }
    }

    /// Finds or opens the slice; its place is then `position`. False where too many are open.
    @inline(__always)
    private mutating func place(_ index: Int64) -> Bool {
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

    @inline(__always)
    private mutating func add(
        _ row: Int, _ time: Int64, _ index: Int64, _ rows: inout ViewBatch
    ) -> Int32 {
        let slot = rows.resolver.slot(
            row: row, of: rows.batch, in: &keys, firstEnd: grid?.sliceEnd(index) ?? .min)
        let i = Int(slot)
        if i >= slices[position].rows || i >= lastSeen.count { makeRoom(i) }
        books.aggregated += 1
        lowestTime = min(lowestTime, time)
        highestTime = max(highestTime, time)
        slices[position].add(row, time, at: i, rows, layout)
        return slot
    }

    @inline(never)
    private mutating func makeRoom(_ slot: Int) {
        slices[position].grow(to: slot + 1)
        while lastSeen.count < keys.keys.count { lastSeen.append(.min) }
    }
}

/// A pane as it fires, with the keys its slots stand for at that moment.
package struct FiredPane: Sendable {
    package var view: Int
    package var pane: Pane
    package var keys: [Key?]

    package init(view: Int, pane: Pane, keys: [Key?]) {
        self.view = view
        self.pane = pane
        self.keys = keys
    }
}
