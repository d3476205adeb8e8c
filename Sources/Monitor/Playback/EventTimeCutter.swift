import Engine
import Events

/// Cuts what comes of a file into inputs that come when their events happened.
struct EventTimeCutter {
    private var number: UInt64 = 0
    /// The highest event time so far.
    private var instant = Timestamp.beginning

    /// Stamped, and numbered from 1.
    mutating func cut(_ input: EngineInput) -> [EngineInput] {
        guard case .batch(let batch) = input.content else { return [stamped(input.content)] }
        return batch.pieces(after: instant).map { piece in
            instant = max(instant, piece.receivedAt)
            return stamped(.batch(piece))
        }
    }

    private mutating func stamped(_ content: EngineInput.Content) -> EngineInput {
        number += 1
        return EngineInput(number: number, receivedAt: instant, content: content)
    }
}

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
