import Screen

/// What each key does, and what the words of the top line mean.
struct HelpBox {
    private static let words: [(label: String, meaning: String)] = [
        ("1–9", "the panel of that number"),
        ("dead dup", "could not be used; came twice"),
        ("drop late", "lost by a source; after the window was closed"),
        ("▲ wm", "alerts that fire; how far event time is behind the clock"),
    ]

    func draw(in body: Rect, on grid: inout Grid) {
        let bindings = KeyMap.bindings.map { (label: $0.label, meaning: $0.meaning) }
        let lines = bindings + Self.words
        let width = min(body.width - 2, 76)
        let height = min(body.height, lines.count + 2)
        let rect = Rect(
            column: body.column + (body.width - width) / 2,
            row: body.row + (body.height - height) / 2, width: width, height: height)
        let inside = Box(title: "keys", note: "esc closes", isFocused: true)
            .draw(in: rect, on: &grid)
        for (i, line) in lines.prefix(inside.height).enumerated() {
            let style = i < bindings.count ? Style(.accent, bold: true) : Style(.dim)
            grid.write(
                CleanText(line.label), column: inside.column + 1, row: inside.row + i,
                style: style, width: 10)
            grid.write(
                CleanText(line.meaning), column: inside.column + 12, row: inside.row + i,
                style: i < bindings.count ? Style(.text) : Style(.dim),
                width: max(0, inside.width - 13))
        }
    }
}
