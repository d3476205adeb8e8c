import Events

/// Arithmetic on event time saturates.
func saturatingSum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? (b < 0 ? .min : .max) : sum
}

/// Where a view's windows and slices lie in event time. All arithmetic saturates.
struct WindowGrid {
    let size: Int64
    let hop: Int64
    let allowedLateness: Int64

    @inline(__always) func slice(of time: Int64) -> Int64 { floorDiv(time, hop) }

    func sliceStart(_ index: Int64) -> Int64 {
        let (start, overflow) = index.multipliedReportingOverflow(by: hop)
        return overflow ? (index < 0 ? .min : .max) : start
    }

    func sliceEnd(_ index: Int64) -> Int64 { plus(sliceStart(index), hop) }

    /// The end of the last window that contains the slice.
    func lastEnd(_ index: Int64) -> Int64 { plus(sliceStart(index), size) }

    /// Whether a window that ends at `end` fires at this watermark.
    func isDue(_ end: Int64, _ watermark: Int64) -> Bool { watermark >= end - 1 }

    /// Whether a window that ends at `end` takes no event any more.
    func isFinal(_ end: Int64, _ watermark: Int64) -> Bool {
        watermark >= plus(end - 1, allowedLateness)
    }

    /// The end of the first window that isn't due at this watermark.
    func endAfter(_ watermark: Int64) -> Int64 { sliceEnd(slice(of: plus(watermark, 1))) }

    /// The lowest watermark above this one at which a window fires or becomes final.
    func boundary(after watermark: Int64) -> Int64 {
        let due = endAfter(watermark) - 1
        guard allowedLateness > 0 else { return due }
        let final = plus(endAfter(minus(watermark, allowedLateness)) - 1, allowedLateness)
        return min(due, final)
    }

    func plus(_ a: Int64, _ b: Int64) -> Int64 { saturatingSum(a, b) }

    func minus(_ a: Int64, _ b: Int64) -> Int64 {
        let (rest, overflow) = a.subtractingReportingOverflow(b)
        return overflow ? (b < 0 ? .max : .min) : rest
    }
}
