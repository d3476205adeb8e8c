import Engine
import Events
import Screen

/// Records that could not be used, the newest last: where each stood, why, and how it begins. Why
/// is said once if no record could be used, and all of them for one reason.
struct DeadLetterPanel {
    let title: String
    let stream: StreamSnapshot
    let from: String
    let isFocused: Bool

    func draw(in rect: Rect, on grid: inout Grid) {
        let count = stream.books.deadLettered
        let onlyReason = onlyReason
        let note =
            "\(compactNumber(Double(count))) of \(compactNumber(Double(stream.books.received)))"
            + (onlyReason.map { " \($0.rawValue)" } ?? "")
        let inside = Box(
            title: CleanText(title), note: CleanText(note), isFocused: isFocused,
            noteStyle: Style(count > 0 ? .bad : .dim)
        ).draw(in: rect, on: &grid)
        guard !inside.isEmpty else { return }
        guard count > 0 else {
            let text: CleanText =
                stream.books.received > 0
                ? "every record could be used" : CleanText("waiting for records from \(from)")
            grid.write(text, in: inside, line: inside.height / 2, .center, style: Style(.dim))
            return
        }
        let letters = stream.deadLetters.suffix(inside.height)
        let places = letters.map { CleanText("\($0.offset + 1)").width }.max() ?? 1
        for (i, letter) in letters.enumerated() {
            draw(
                letter, places, in: inside.inset(columns: 1, rows: 0), row: inside.row + i,
                withReason: onlyReason == nil, on: &grid)
        }
    }

    /// The newest letters stand for those that are no longer kept.
    private var onlyReason: DeadLetter.Reason? {
        guard stream.books.deadLettered == stream.books.received else { return nil }
        guard let reason = stream.deadLetters.last?.reason else { return nil }
        return stream.deadLetters.allSatisfy { $0.reason == reason } ? reason : nil
    }

    private func draw(
        _ letter: DeadLetter, _ places: Int, in body: Rect, row: Int, withReason: Bool,
        on grid: inout Grid
    ) {
        let line = Rect(column: body.column, row: row, width: body.width, height: 1)
        let place = String(letter.offset + 1)
        let padded = String(repeating: " ", count: max(0, places - place.count)) + place
        grid.write(CleanText(padded), in: line, style: Style(.dim))
        let column = line.column + places + 2
        guard column < line.endColumn else { return }
        if withReason { write(letter.reason, column: column, in: line, on: &grid) }
        let start = withReason ? column + 13 : column
        guard start < line.endColumn else { return }
        let text = CleanText(String(decoding: letter.bytes.prefix(1024), as: UTF8.self))
        grid.write(
            text.truncated(to: line.endColumn - start), column: start, row: row,
            style: Style(.text), width: line.endColumn - start)
    }

    private func write(
        _ reason: DeadLetter.Reason, column: Int, in line: Rect, on grid: inout Grid
    ) {
        grid.write(
            CleanText(reason.rawValue), column: column, row: line.row, style: Style(.bad),
            width: min(12, line.endColumn - column))
    }
}
