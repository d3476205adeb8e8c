import Connectors
import Engine
import Events

/// Plays files by event time: a record comes when the replay's clock reaches the highest event
/// time up to it, `speed` times as fast as it happened.
///
/// Batches are cut where that crosses a tick, whatever the speed, and stamped with it: the results
/// and the snapshots are the same at any speed. The ticks between only move the clock, for files
/// are bounded.
struct Replay {
    private(set) var engine: Engine
    private let speed: Double
    /// What comes before it is played at once.
    private let start: Timestamp
    private let stop: Stop
    private var number: UInt64 = 0
    /// Where the clock stands: event time, and the monotonic time at which it began.
    private var instant = Timestamp.beginning
    private var first: Timestamp?
    private var began: Int64 = 0

    /// `speed`: infinity for as fast as the machine goes.
    init(_ engine: Engine, speed: Double, from start: Timestamp, stop: Stop) {
        self.engine = engine
        self.start = start
        self.speed = speed
        self.stop = stop
    }

    /// False when `body` says stop, or somebody else did.
    mutating func play(
        _ content: EngineInput.Content, _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Bool {
        switch content {
        // Nothing moves any more, and whoever looks sees the end.
        case .tick: return engine.hasEnded ? try body(engine, []) : true
        case .source(let change): return try apply(.source(change), body)
        case .loss(let loss): return try apply(.loss(loss), body)
        case .lag(let sample): return try apply(.lag(sample), body)
        case .restored(let memory): return try apply(.restored(memory), body)
        case .operator(let action): return try apply(.operator(action), body)
        case .plan(let plan): return try apply(.plan(plan), body)
        case .batch(let batch):
            for piece in batch.pieces(after: instant) {
                guard try wait(for: piece.receivedAt, body) else { return false }
                guard try apply(.batch(piece), body) else { return false }
            }
            return true
        }
    }

    private mutating func apply(
        _ content: EngineInput.Content, _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Bool {
        if case .batch(let batch) = content { instant = max(instant, batch.receivedAt) }
        number += 1
        let effects = engine.apply(
            EngineInput(number: number, receivedAt: instant, content: content))
        return try body(engine, effects)
    }

    /// Lets the clock run to `due`, a tick at a time.
    private mutating func wait(
        for due: Timestamp, _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Bool {
        guard speed.isFinite, due > .beginning, due >= start else { return true }
        guard let first else {
            self.first = due
            began = nanoseconds(CLOCK_MONOTONIC)
            return true
        }
        let rest = Double((due - first).rawValue) / speed + Double(began)
        while true {
            let now = nanoseconds(CLOCK_MONOTONIC)
            let left = rest - Double(now)
            guard left > 0 else { return true }
            let step = min(left, Double(Input.tickInterval.rawValue))
            if stop.wait(for: Nanoseconds(rawValue: Int64(step))) { return false }
            let played = Double(nanoseconds(CLOCK_MONOTONIC) - began) * speed
            let shown = first + Nanoseconds(rawValue: Int64(min(played, 9e18)))
            guard shown > instant, shown < due else { continue }
            instant = shown
            guard try apply(.tick, body) else { return false }
        }
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension ColumnBatch {
    /// The batch cut where the highest event time so far crosses a tick; each piece is stamped
    /// with that time, which is at least `floor`.
    func pieces(after floor: Timestamp) -> [ColumnBatch] {
        var pieces: [ColumnBatch] = []
        var highest = floor.rawValue
        var start = 0
        var cell = floorDiv(highest, Input.tickInterval.rawValue)
        for row in times.indices {
            let next = max(highest, times[row])
            let nextCell = floorDiv(next, Input.tickInterval.rawValue)
            if nextCell != cell, row > start {
                pieces.append(piece(start..<row, at: highest))
                start = row
            }
            (highest, cell) = (next, nextCell)
        }
        pieces.append(piece(start..<times.count, at: highest))
        return pieces
    }

    /// The rows of a range, and the dead letters among and before them; the last piece takes the
    /// ones behind as well.
    private func piece(_ range: Range<Int>, at instant: Int64) -> ColumnBatch {
        let from = range.lowerBound == 0 ? 0 : Int64(lines[range.lowerBound - 1]) + 1
        let to = range.upperBound == rowCount ? Int64.max : Int64(lines[range.upperBound - 1])
        var piece = self
        piece.receivedAt = Timestamp(rawValue: instant)
        piece.times = Array(times[range])
        piece.lines = Array(lines[range])
        piece.deadLetters = deadLetters.filter { from...to ~= $0.offset - firstOffset }
        piece.columns = columns.map { column in
            Column(
                kinds: Array(column.kinds[range]),
                numbers: column.numbers.isEmpty ? [] : Array(column.numbers[range]),
                codes: column.codes.isEmpty ? [] : Array(column.codes[range]),
                dictionary: column.dictionary,
                times: column.times.isEmpty ? [] : Array(column.times[range]))
        }
        return piece
    }
}
