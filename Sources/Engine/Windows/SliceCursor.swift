/// The slice in which the events of a stretch of time lie, and what becomes of them at a watermark:
/// consecutive events are mostly of one slice, so it is worked out once for many.
struct SliceCursor {
    enum Fate {
        case counted
        /// In a slice of which a window has fired: it fires again.
        case fires
        case late
        case overflowed
    }

    private(set) var index: Int64 = 0
    private var start: Int64 = 1
    private var end: Int64 = 0
    private(set) var fate = Fate.late
    private(set) var ordinal: Int32 = 0

    @inline(__always)
    func contains(_ time: Int64) -> Bool { time >= start && time < end }

    @inline(never)
    mutating func move(
        to time: Int64, _ windows: inout OpenWindows, _ watermark: Int64, _ picks: inout SlicePicks
    ) {
        if let grid = windows.grid {
            index = grid.slice(of: time)
            (start, end) = (grid.sliceStart(index), grid.sliceEnd(index))
            if grid.isFinal(grid.lastEnd(index), watermark) {
                fate = .late
                return
            }
            fate = grid.isDue(end, watermark) ? .fires : .counted
        } else {
            (start, end, fate) = (.min, .max, .counted)
        }
        if !windows.place(index) { fate = .overflowed }
        if fate == .counted { ordinal = picks.ordinal(of: index) }
    }
}
