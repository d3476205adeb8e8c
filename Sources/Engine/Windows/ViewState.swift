import Events
import Queries

/// A view's state: its keys, the open slices of event time, the panes it has fired, its books.
struct ViewState {
    let plan: ViewPlan
    let rules: StreamRules
    var keys: KeyTable
    private var resolver: KeyResolver
    /// Of all keys, or with `watermark_by` of those that go by their partition.
    var windows: OpenWindows
    /// With `watermark_by`: of the keys of each clock, in the order of the stream's.
    var lanes: [KeyLane] = []

    var history: [Pane] = []
    /// How many panes of the history, from its start, are final.
    var finals = 0
    var historySize = 0
    var books = ViewBooks()
    /// The stream's watermark, up to which windows have fired.
    var reached = Int64.min
    /// The one up to which panes have become final.
    var finished = Int64.min
    /// The end of the last window whose pane became final for want of room.
    var forcedUntil = Timestamp.beginning

    var layout: CompiledQuery { windows.layout }
    var grid: WindowGrid? { windows.grid }

    init(_ plan: ViewPlan, rules: StreamRules, fields: inout FieldTable) {
        if let clock = rules.watermarkBy, plan.query.window != nil {
            precondition(
                plan.query.keys.contains(clock), "a view with windows is `by` what has a watermark")
        }
        self.plan = plan
        self.rules = rules
        let grid = plan.query.window.map {
            WindowGrid(
                size: $0.size.rawValue, hop: $0.hop.rawValue,
                allowedLateness: rules.allowedLateness.rawValue)
        }
        windows = OpenWindows(
            layout: CompiledQuery(plan.query, &fields), grid: grid, forgetAfter: rules.forgetAfter)
        keys = KeyTable(limit: plan.keyLimit, fields: plan.query.keys.count)
        resolver = KeyResolver(columns: windows.layout.keyColumns)
    }

    /// The rows that come next are of this batch.
    mutating func begin(_ batch: ColumnBatch) {
        resolver.begin(batch, generation: keys.generation)
    }

    /// Takes the rows of `range` in order; those that aren't `kept` are duplicates. The
    /// stream's watermark crosses no boundary of this view
    /// between them, so one value judges all. Rows that come too late are marked in `late`.
    mutating func aggregate(
        _ range: Range<Int>, of rows: borrowing ViewBatch, kept: [Bool]?, watermark: Int64,
        late: inout [Bool], fire: (FiredPane) -> Void
    ) {
        for row in range {
            if let kept, !kept[row] { continue }
            if isFiltered(row, rows) { continue }
            let time = rows.batch.times[row]
            let index = grid?.slice(of: time) ?? 0
            if let grid, grid.isFinal(grid.lastEnd(index), watermark) {
                books.late += 1
                late[row] = true
                continue
            }
            guard windows.place(index) else {
                books.overflowed += 1
                continue
            }
            let slot = slot(row, index, rows)
            windows.add(row, time, row: Int(slot), rows)
            books.aggregated += 1
            if let grid, grid.isDue(grid.sliceEnd(index), watermark) {
                let panes = windows.refired(
                    row: Int(slot), slice: index, time: time, watermark, grid)
                for pane in panes { replace(with: pane, fire) }
            }
        }
    }

    /// Counts what the query or the span of times leaves out.
    @inline(__always)
    mutating func isFiltered(_ row: Int, _ rows: borrowing ViewBatch) -> Bool {
        let time = rows.batch.times[row]
        if rows.passes?[row] ?? true, time >= rules.span.lowerBound, time < rules.span.upperBound {
            return false
        }
        books.filtered += 1
        return true
    }

    @inline(__always)
    mutating func slot(_ row: Int, _ slice: Int64, _ rows: borrowing ViewBatch) -> Int32 {
        resolver.slot(
            row: row, of: rows, in: &keys, firstEnd: grid?.sliceEnd(slice) ?? .min)
    }

    /// Fires every window that became due since the last watermark, in order, and makes final
    /// those whose allowed lateness is over.
    mutating func advance(
        to watermark: Int64, _ clock: StreamClock, atEnd: Bool, fire: (FiredPane) -> Void
    ) {
        reached = watermark
        guard let grid else {
            if watermark == .max { fireWhole(fire) }
            return
        }
        fireDue(to: watermark, atEnd: atEnd, fire)
        advanceLanes(to: watermark, clock, atEnd: atEnd, fire)
        finish(watermark, grid, fire)
        windows.dropFinal(watermark)
    }

    private mutating func fireDue(to watermark: Int64, atEnd: Bool, _ fire: (FiredPane) -> Void) {
        while let firing = windows.fireNext(upTo: watermark, atEnd: atEnd, pinned: keys.limit) {
            if !firing.pane.slots.isEmpty {
                put(firing.pane, fire)
            }
            for slot in firing.forgotten { keys.forget(slot: slot, after: firing.pane.end) }
        }
        windows.reached = max(windows.reached, watermark)
    }

    /// With lanes there may be a pane of that window, to which these rows belong.
    private mutating func put(_ pane: Pane, _ fire: (FiredPane) -> Void) {
        if !lanes.isEmpty { return merge(pane, fire) }
        note(pane)
        remember(pane)
        fire(FiredPane(view: 0, pane: pane, keys: keys.keys))
    }

    /// From which window on each key has rows.
    mutating func note(_ pane: Pane) {
        for (row, slot) in pane.slots.enumerated() where pane.counts[row] > 0 {
            keys.note(slot, in: pane.end)
        }
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
