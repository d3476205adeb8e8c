/// A story's lines on their way: they leave in order of their arrival, however they were sent.
struct LinesUnderway: Sendable {
    /// A line with its newline, and when it arrives.
    private struct Arrival {
        var time: Int64
        var line: [UInt8]
    }

    /// Lines of the last step, in order, and how many have left.
    private var fresh: [Arrival] = []
    private var left = 0
    /// Delayed lines, the latest first.
    private var held: [Arrival] = []

    var isLastStepOver: Bool { left == fresh.count }

    mutating func beginStep() {
        precondition(isLastStepOver, "the next step is told when the last one has arrived")
        fresh.removeAll(keepingCapacity: true)
        left = 0
    }

    /// `time` is not before that of the last line sent in this step.
    mutating func send(_ line: [UInt8], at time: Int64) {
        fresh.append(Arrival(time: time, line: line))
    }

    /// Sends it whenever it arrives. Among equals the first one held leaves first.
    mutating func hold(_ line: [UInt8], until time: Int64) {
        var (low, high) = (0, held.count)
        while low < high {
            let middle = (low + high) / 2
            if held[middle].time > time { low = middle + 1 } else { high = middle }
        }
        held.insert(Arrival(time: time, line: line), at: low)
    }

    /// Sends a line on a way on which it may be delayed, repeated or damaged.
    mutating func send(
        _ line: [UInt8], at time: Int64, _ mishaps: Mishaps, _ random: inout SeededGenerator
    ) {
        var line = line
        let fate = random.unit()
        if fate < mishaps.damaged { damage(&line, &random) }
        line.append(UInt8(ascii: "\n"))
        if let delay = mishaps.delay(of: fate) {
            hold(line, until: time + Int64(random.within(delay) * 1e9))
        } else {
            send(line, at: time)
        }
        if fate > 1 - mishaps.twice {
            hold(line, until: time + Int64(random.within(Mishaps.repeatedAfter) * 1e9))
        }
    }

    /// Appends the last step's lines that arrive up to `time`, and what was held until then.
    mutating func release(through time: Int64, into bytes: inout [UInt8]) {
        while left < fresh.count, fresh[left].time <= time {
            releaseHeld(through: fresh[left].time, into: &bytes)
            bytes.append(contentsOf: fresh[left].line)
            left += 1
        }
    }

    mutating func releaseHeld(through time: Int64, into bytes: inout [UInt8]) {
        while let last = held.last, last.time <= time {
            bytes.append(contentsOf: last.line)
            held.removeLast()
        }
    }
}

/// What befalls the lines of a story on their way, as shares of all lines.
struct Mishaps: Sendable {
    struct Delay {
        var share: Double
        /// Seconds.
        var range: Range<Double>
    }

    /// Seconds after which a line that comes twice comes again.
    static let repeatedAfter = 0.05..<2.0

    var damaged = 0.0
    var delays: [Delay] = []
    var twice = 0.0

    /// By how many seconds a line is delayed; the first shares belong to damage.
    fileprivate func delay(of fate: Double) -> Range<Double>? {
        var end = damaged
        guard fate >= end else { return nil }
        for delay in delays {
            end += delay.share
            if fate < end { return delay.range }
        }
        return nil
    }
}

/// Cuts it short, or puts an escape sequence and bytes that are no text in front of it.
private func damage(_ line: inout [UInt8], _ random: inout SeededGenerator) {
    guard random.unit() < 0.5 else {
        line.removeLast(1 + random.below(line.count - 1))
        return
    }
    let garbage = (0..<12).map { _ in UInt8(0x80 + random.below(0x40)) }
    line.insert(contentsOf: Array("\u{1B}[2J".utf8) + garbage, at: 0)
}
