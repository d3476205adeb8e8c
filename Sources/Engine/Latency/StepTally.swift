import Events

/// The durations of one step: of the last minute in six cells of ten seconds of processing time,
/// and since the start.
///
/// An event goes into one sketch. A cell whose time is over is added to the total before it is used
/// again, so the total is that of all cells.
struct StepTally: Sendable {
    static let cell = Nanoseconds.seconds(10)
    static let cells = 6

    private struct Cell: Sendable {
        /// The number of its ten seconds.
        var number = Int64.min
        var sketch = DDSketch()
        var largest = -1.0
    }

    private var ring = Array(repeating: Cell(), count: StepTally.cells)
    private var past = Cell()
    private(set) var skewed: UInt64 = 0
    private(set) var largestSkew: Int64 = 0

    /// Makes ready for durations that are found out at `now`; the place to add them to.
    mutating func cell(at now: Timestamp) -> Int {
        let number = floorDiv(now.rawValue, Self.cell.rawValue)
        let place = Int(floorMod(number, Int64(Self.cells)))
        if ring[place].number != number {
            past.sketch.merge(ring[place].sketch)
            past.largest = max(past.largest, ring[place].largest)
            ring[place].sketch.clear()
            ring[place].largest = -1
            ring[place].number = number
        }
        return place
    }

    @inline(__always)
    mutating func add(from a: Int64, to b: Int64, in place: Int) {
        let (duration, overflow) = b.subtractingReportingOverflow(a)
        guard !overflow, duration >= 0 else {
            skewed += 1
            largestSkew = max(largestSkew, overflow || duration == .min ? .max : -duration)
            return
        }
        let x = Double(duration)
        ring[place].sketch.add(x)
        if x > ring[place].largest { ring[place].largest = x }
    }

    func step(from: String, to: String, at now: Timestamp, bins: Int) -> LatencyStep {
        let number = floorDiv(now.rawValue, Self.cell.rawValue)
        var (recent, total) = (Cell(), past)
        for cell in ring where cell.number > .min {
            total.sketch.merge(cell.sketch)
            total.largest = max(total.largest, cell.largest)
            guard number - cell.number < Int64(Self.cells) else { continue }
            recent.sketch.merge(cell.sketch)
            recent.largest = max(recent.largest, cell.largest)
        }
        func distribution(_ cell: Cell) -> LatencyDistribution {
            LatencyDistribution(
                cell.sketch, max: cell.largest < 0 ? nil : cell.largest, bins: bins)
        }
        return LatencyStep(
            from: from, to: to, recent: distribution(recent), total: distribution(total),
            skewed: skewed, largestSkew: Nanoseconds(rawValue: largestSkew))
    }
}
