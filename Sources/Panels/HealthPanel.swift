import Configuration
import Engine
import Events
import Screen

/// How weir itself is: what waits, what became of every record, how long frames take, how much
/// memory is used. What only a running process knows is `–` in a replay.
struct HealthPanel {
    let title: String
    let snapshot: EngineSnapshot
    let health: Health
    let isFocused: Bool

    static let lines = 9

    private struct Line {
        var name: String
        var value: String
        var note: String
        var role = Role.text
    }

    func draw(in rect: Rect, on grid: inout Grid) {
        let balance = snapshot.streams.allSatisfy(\.books.balance)
        let inside = Box(
            title: CleanText(title),
            note: balance ? "books balance" : "BOOKS DON'T BALANCE", isFocused: isFocused,
            noteStyle: Style(balance ? .dim : .bad, bold: !balance)
        ).draw(in: rect, on: &grid)
        guard !inside.isEmpty else { return }
        let body = inside.inset(columns: 1, rows: 0)
        for (i, line) in lines.prefix(body.height).enumerated() {
            let row = body.row + i
            grid.write(
                CleanText(line.name), column: body.column, row: row, style: Style(.dim),
                width: min(9, body.width))
            let value = CleanText(line.value)
            grid.write(
                value.truncated(to: max(0, body.width - 10)), column: body.column + 10, row: row,
                style: Style(line.role, bold: true))
            let column = body.column + 10 + value.width + 2
            guard column < body.endColumn else { continue }
            grid.write(
                CleanText(line.note).truncated(to: body.endColumn - column), column: column,
                row: row, style: Style(.dim))
        }
    }

    private var lines: [Line] {
        let books = snapshot.streams.reduce(into: StreamBooks()) { $0.add($1.books) }
        return [
            Line(
                name: "received", value: number(books.received),
                note: "\(number(books.accepted)) used, \(number(books.deadLettered)) dead, "
                    + "\(number(books.duplicate)) twice, \(dropped(books))"),
            queue, views, keys, frames, output, memory, inputs, recording,
        ] + (health.receivers.isEmpty ? [] : [told])
    }

    private func dropped(_ books: StreamBooks) -> String {
        let bytes = books.droppedBytes
        return "\(number(books.dropped)) dropped"
            + (bytes > 0 ? " (\(compactNumber(Double(bytes)))B)" : "")
    }

    private var queue: Line {
        let share = Double(health.queueBytes) / Double(health.queueLimit)
        return Line(
            name: "queue", value: "\(compactNumber(Double(health.queueBytes)))B",
            note: "\(compactPercent(share)) full, \(number(UInt64(health.inFlight))) records wait",
            role: share > 0.9 ? .warn : .text)
    }

    private var views: Line {
        let late = snapshot.views.reduce(0) { $0 + $1.books.late }
        let overflowed = snapshot.views.reduce(0) { $0 + $1.books.overflowed }
        let filtered = snapshot.views.reduce(0) { $0 + $1.books.filtered }
        return Line(
            name: "views", value: "\(snapshot.views.count)",
            note: "late \(number(late)), overflowed \(number(overflowed)), "
                + "filtered \(number(filtered))",
            role: overflowed > 0 ? .warn : .text)
    }

    private var keys: Line {
        let keys = snapshot.views.reduce(0) { $0 + $1.keys.count { $0 != nil } }
        let over = snapshot.views.filter(\.overLimit).map(\.name)
        return Line(
            name: "keys", value: number(UInt64(keys)),
            note: over.isEmpty
                ? "no view at its limit" : "at their limit: \(over.joined(separator: " "))",
            role: over.isEmpty ? .text : .warn)
    }

    private var frames: Line {
        let taken = health.frameTime.map { compactDuration($0.rawValue) } ?? "–"
        let over = UInt64(health.framesOverBudget)
        return Line(
            name: "frames", value: taken,
            note: "of \(compactDuration(health.frameBudget.rawValue)), \(number(over)) over, "
                + "at most \(health.framesPerSecond)/s"
                + (health.economy.word.map { ": \($0), \(health.economyReason)" } ?? ""),
            role: health.economy == .none ? .text : .warn)
    }

    private var output: Line {
        let time = health.writeTime.map { compactDuration($0.rawValue) } ?? "–"
        return Line(
            name: "terminal", value: bytes(health.frameBytes),
            note: "a frame, written in \(time)")
    }

    private var memory: Line {
        Line(
            name: "memory", value: bytes(health.memory),
            note: "resident; records kept \(compactNumber(recent))B")
    }

    private var recent: Double {
        snapshot.streams.reduce(0) { $0 + Double($1.recent.byteCount) }
    }

    private var inputs: Line {
        let time = snapshot.now == .beginning ? "–" : snapshot.now.rfc3339
        return Line(
            name: "inputs", value: "\(snapshot.number)", note: "the last one applied at \(time)")
    }

    private func bytes(_ count: Int?) -> String {
        count.map { "\(compactNumber(Double($0)))B" } ?? "–"
    }

    private var recording: Line {
        guard let recording = health.recording else {
            return Line(name: "recorded", value: "–", note: "nobody records this run")
        }
        let at = recording.at.map { "durable up to \($0.rfc3339)" } ?? "nothing is durable yet"
        return Line(
            name: "recorded", value: bytes(recording.bytes),
            note: recording.failure ?? "\(at), \(bytes(recording.waiting)) to write",
            role: recording.failure == nil ? .text : .bad)
    }

    /// What became of messages about alerts.
    private var told: Line {
        let receivers = health.receivers
        let sent = receivers.reduce(0) { $0 + $1.sent }
        let waiting = receivers.reduce(0) { $0 + $1.waiting }
        let lost = receivers.reduce(0) { $0 + $1.lost }
        let trouble = receivers.first { $0.trouble != nil }
        let words = "\(number(UInt64(waiting))) groups wait, \(number(lost)) changes lost"
        return Line(
            name: "told", value: number(sent),
            note: trouble.map { "\($0.name): \($0.trouble ?? "")" } ?? words,
            role: trouble == nil && lost == 0 ? .text : .bad)
    }

    private func number(_ count: UInt64) -> String { compactNumber(Double(count)) }
}

extension StreamBooks {
    fileprivate mutating func add(_ other: StreamBooks) {
        received += other.received
        deadLettered += other.deadLettered
        duplicate += other.duplicate
        dropped += other.dropped
        droppedBytes += other.droppedBytes
        accepted += other.accepted
        late += other.late
    }
}
