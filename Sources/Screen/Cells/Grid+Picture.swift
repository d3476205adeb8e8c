/// What a frame is written to a file as.
package enum PictureFormat: String, CaseIterable, Sendable {
    case svg, text, ansi

    /// By the ending of a file's name; nil for one that says nothing.
    package init?(path: String) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        switch name[dot...].dropFirst() {
        case "svg": self = .svg
        case "txt", "text": self = .text
        case "ans", "ansi": self = .ansi
        default: return nil
        }
    }

    /// The endings that say which format is meant.
    package static let suffixes = ".svg, .txt, .ans"
}

extension Grid {
    /// The frame as the text of a file. `depth`: the colours of `ansi`.
    package func picture(
        _ format: PictureFormat, theme: Theme, depth: ColorDepth = .truecolor
    ) -> String {
        switch format {
        case .svg: svg(theme: theme)
        case .text: text
        case .ansi: ansi(theme: theme, depth: depth)
        }
    }

    /// The characters alone, a line for each row, without blanks at its end.
    package var text: String {
        (0..<rows).map { Self.text(of: row($0)) + "\n" }.joined()
    }

    /// The characters with their colours, as ECMA-48 writes them (SGR), for `cat` and `less -R`.
    /// Each row begins and ends with the terminal's own looks, so one can be taken alone.
    package func ansi(theme: Theme, depth: ColorDepth = .truecolor) -> String {
        (0..<rows).map { number in
            let cells = row(number)
            let runs = Self.runs(of: cells).map { run in
                (theme.appearance(of: run.style, depth: depth), Self.glyphs(of: run, cells))
            }
            let shown = runs.reversed().drop { $0.0.showsNothing(on: $0.1) }.reversed()
            let text = shown.map { "\u{1B}[\($0.0.parameters(depth))m\($0.1)" }.joined()
            return text + (text.isEmpty ? "\n" : "\u{1B}[m\n")
        }.joined()
    }

    private static func glyphs(of run: Run, _ row: ArraySlice<Cell>) -> String {
        run.columns.reduce(into: "") { $0 += row[row.startIndex + $1].glyph.text }
    }
}

extension Appearance {
    /// Blanks with nothing behind them.
    fileprivate func showsNothing(on text: String) -> Bool {
        background == nil && !reverse && text.allSatisfy { $0 == " " }
    }

    /// Of SGR, from the terminal's own looks on.
    fileprivate func parameters(_ depth: ColorDepth) -> String {
        var parts = ["0"] + (bold ? ["1"] : []) + (reverse ? ["7"] : [])
        if let color = foreground.flatMap({ depth.parameters(of: $0, isBackground: false) }) {
            parts.append(color)
        }
        if let color = background.flatMap({ depth.parameters(of: $0, isBackground: true) }) {
            parts.append(color)
        }
        return parts.joined(separator: ";")
    }
}

extension ColorDepth {
    /// nil: there are no colours.
    fileprivate func parameters(of color: RGB, isBackground: Bool) -> String? {
        guard let index = index(nearest: color) else { return nil }
        let first = isBackground ? 40 : 30
        switch self {
        case .mono: return nil
        case .ansi8, .ansi16: return "\(index < 8 ? first + index : first + 60 + index - 8)"
        case .xterm256: return "\(first + 8);5;\(index)"
        case .truecolor: return "\(first + 8);2;\(color.red);\(color.green);\(color.blue)"
        }
    }
}
