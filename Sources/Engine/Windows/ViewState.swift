import Events
import Queries

/// A view's state: its keys, the open slices of event time, the panes it has fired, its books.
struct ViewState {
    var plan: ViewPlan
    let rules: StreamRules
    /// Of the rows of windows.
    var keys: KeyTable
    /// With `top`.
    var ranked: RankedKeys?
    var resolver: KeyResolver
    private var picks = SlicePicks()
    /// Of all keys, or with `watermark_by` of those that go by their partition.
    var windows: OpenWindows
    /// Instead of those, where the view is one of sessions.
    var sessions: SessionWindows?
    /// With `watermark_by`: of the keys of each clock, in the order of the stream's.
    var lanes: [KeyLane] = []

    var history: [Pane] = []
    /// How many panes of the history, from its start, are final.
    var finals = 0
    var historySize = 0
    /// Fired panes kept: what the screen shows, and what rules ask for.
    var historyLimit = Self.historyLimit
    /// Old panes are gone.
    var isShortened = false
    var books = ViewBooks()
    /// The stream's watermark, up to which windows have fired.
    var reached = Int64.min
    /// The one up to which panes have become final.
    var finished = Int64.min
    /// The end of the last window whose pane became final for want of room.
    var forcedUntil = Timestamp.beginning
    /// The watermark at which old sessions' keys are looked for next.
    var nextForgetting = Int64.min
    /// The event time from which slopes count: a day that began not long before the first event.
    private var timeOrigin: Int64?

    var layout: CompiledQuery { windows.layout }
    var grid: WindowGrid? { windows.grid }

    init(_ plan: ViewPlan, rules: StreamRules, fields: inout FieldTable) {
        if let clock = rules.watermarkBy, plan.query.window != nil {
            precondition(
                plan.query.keys.contains(clock), "a view with windows is `by` what has a watermark")
        }
        self.plan = plan
        self.rules = rules
        let layout = CompiledQuery(plan.query, &fields)
        var grid: WindowGrid?
        switch plan.query.window {
        case .hopping(let size, let hop):
            grid = WindowGrid(
                size: size.rawValue, hop: hop.rawValue,
                allowedLateness: rules.allowedLateness.rawValue)
        case .session(let gap):
            precondition(rules.watermarkBy == nil, "sessions go by the stream's watermark")
            sessions = SessionWindows(
                layout: layout, gap: gap, allowedLateness: rules.allowedLateness)
        case nil: break
        }
        windows = OpenWindows(layout: layout, grid: grid, forgetAfter: rules.forgetAfter)
        ranked = plan.query.top.map {
            RankedKeys(
                rows: $0.limit, keyLimit: plan.keyLimit, fields: plan.query.keys.count,
                forgetAfter: rules.forgetAfter)
        }
        keys = KeyTable(limit: plan.keyLimit, fields: plan.query.keys.count)
        resolver = KeyResolver(columns: windows.layout.keyColumns)
    }

    /// The rows that come next are of this batch.
    mutating func begin(
        _ batch: ColumnBatch, partition: Int, origins: [Origin]
    ) -> ViewBatch {
        resolver.begin(batch, generation: keys.generation)
        let origin = timeOrigin ?? floorDiv(batch.times[0], Self.day) &* Self.day
        timeOrigin = origin
        if layout.isOrdered {
            windows.origins = origins
            sessions?.origins = origins
        }
        let rows = ViewBatch(
            batch, layout: layout, partition: partition, origins: origins, timeOrigin: origin)
        books.matchLimits += rows.matchLimits
        return rows
    }

    private static let day: Int64 = 86_400_000_000_000

    /// Takes the rows of `range` in order; those that aren't `kept` are duplicates. The
    /// stream's watermark crosses no boundary of this view
    /// between them, so one value judges all. Rows that come too late are marked in `late`.
    mutating func aggregate(
        _ range: Range<Int>, of rows: borrowing ViewBatch, kept: [Bool]?, watermark: Int64,
        late: inout [Bool], fire: (FiredPane) -> Void
    ) {
        if sessions != nil {
            return aggregateSessions(
                range, of: rows, kept: kept, watermark: watermark, late: &late, fire: fire)
        }
        var next = range.lowerBound
        var cursor = SliceCursor()
        while next < range.upperBound {
            next = pick(next..<range.upperBound, of: rows, kept, watermark, &cursor, &late)
            books.aggregated += UInt64(picks.count)
            resolver.resolve(&picks, of: rows, in: &keys, grid)
            windows.add(&picks, rows)
            if next < range.upperBound {
                refire(next, cursor.index, rows, watermark, fire)
                next += 1
                // What it has of the picks is gone with them.
                cursor = SliceCursor()
            }
        }
    }

    /// Finds the slices of the events up to one in a slice of which a window has fired, and returns
    /// the place of that.
    private mutating func pick(
        _ range: Range<Int>, of rows: borrowing ViewBatch, _ kept: [Bool]?, _ watermark: Int64,
        _ cursor: inout SliceCursor, _ late: inout [Bool]
    ) -> Int {
        let times = rows.batch.times
        picks.makeRoom(range.count)
        for row in range {
            if let kept, !kept[row] { continue }
            if isFiltered(row, rows) { continue }
            let time = times[row]
            if !cursor.contains(time) { cursor.move(to: time, &windows, watermark, &picks) }
            switch cursor.fate {
            case .counted:
                windows.note(time)
                picks.append(row: row, ordinal: cursor.ordinal)
            case .fires: return row
            case .late:
                books.late += 1
                late[row] = true
            case .overflowed: books.overflowed += 1
            }
        }
        return range.upperBound
    }

    /// Takes an event into a slice of which a window has fired.
    private mutating func refire(
        _ row: Int, _ index: Int64, _ rows: borrowing ViewBatch, _ watermark: Int64,
        _ fire: (FiredPane) -> Void
    ) {
        let time = rows.batch.times[row]
        let slot = slot(row, index, rows)
        _ = windows.place(index)
        windows.add(row, time, row: Int(slot), rows)
        books.aggregated += 1
        let panes = windows.refired(
            row: Int(slot), slice: index, time: time, watermark, grid!)
        for pane in panes { replace(with: pane, fire) }
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
        if sessions != nil { return advanceSessions(to: watermark, fire) }
        guard grid != nil else {
            if watermark == .max { fireWhole(fire) }
            return
        }
        fireDue(to: watermark, atEnd: atEnd, fire)
        advanceLanes(to: watermark, clock, atEnd: atEnd, fire)
        finish(watermark, fire)
        // At the ends of windows alone, so that it doesn't matter where batches end.
        if watermark < .max, watermark > .min, let grid {
            ranked?.forget(at: Timestamp(rawValue: grid.endAfter(watermark) - grid.hop))
        }
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
        let pane = shown(pane)
        note(pane)
        remember(pane)
        fire(FiredPane(view: 0, pane: pane, keys: shownKeys.keys))
    }

    /// From which window on each key has rows.
    mutating func note(_ pane: Pane) {
        if ranked != nil { return }
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
    /// Of a row that replaces another: the values of that. Empty: there was none.
    package var former: [Double] = []

    package init(view: Int, pane: Pane, keys: [Key?]) {
        self.view = view
        self.pane = pane
        self.keys = keys
    }
}
