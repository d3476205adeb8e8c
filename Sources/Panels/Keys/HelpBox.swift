import Screen

/// The help, made from the key map; with a text only the lines in which it is found.
struct HelpBox {
    let keyMap: KeyMap
    var search = ""
    var first = 0

    struct Line {
        var label: String
        var meaning: String
        var isKey: Bool
    }

    private static let words: [(label: String, meaning: String)] = [
        ("1–9", "the panel of that number on the page"),
        ("dead dup", "could not be used; came twice"),
        ("drop late", "lost by a source; after the window was closed"),
        ("▲ wm", "alerts that fire; how far event time is behind the clock"),
    ]

    var lines: [Line] {
        let all =
            keyMap.bindings.map { Line(label: $0.label, meaning: $0.meaning, isKey: true) }
            + Self.words.map { Line(label: $0.label, meaning: $0.meaning, isKey: false) }
        let wanted = search.lowercased()
        guard !wanted.isEmpty else { return all }
        return all.filter {
            $0.label.lowercased().contains(wanted) || $0.meaning.lowercased().contains(wanted)
        }
    }

    func draw(in body: Rect, on grid: inout Grid) {
        let lines = lines
        let width = min(body.width - 2, 76)
        let height = min(body.height, max(3, lines.count + 2))
        let rect = Rect(
            column: body.column + (body.width - width) / 2,
            row: body.row + (body.height - height) / 2, width: width, height: height)
        let room = height - 2
        let first = max(0, min(first, lines.count - room))
        let hidden = lines.count - first - room
        let inside = Box(
            title: CleanText(search.isEmpty ? "keys" : "keys with \(search)"),
            note: CleanText(hidden > 0 ? "↓ \(hidden) more · esc closes" : "esc closes"),
            isFocused: true
        ).draw(in: rect, on: &grid)
        guard !lines.isEmpty else {
            grid.write("no key does that", in: inside, .center, style: Style(.dim))
            return
        }
        for (i, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            grid.write(
                CleanText(line.label), column: inside.column + 1, row: inside.row + i,
                style: line.isKey ? Style(.accent, bold: true) : Style(.dim), width: 10)
            grid.write(
                CleanText(line.meaning), column: inside.column + 12, row: inside.row + i,
                style: line.isKey ? Style(.text) : Style(.dim),
                width: max(0, inside.width - 13))
        }
    }
}
