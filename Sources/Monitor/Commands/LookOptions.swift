import ArgumentParser
import Screen

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Options of how a frame looks, on a screen or as a picture.
struct LookOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A theme by name, or a file in btop's format.",
            discussion: Theme.bundled.map(\.name).joined(separator: ", ")))
    var theme: String?

    @Option(help: "auto, always or never. NO_COLOR is never.")
    var color = ColorChoice.auto

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    var isColourless: Bool {
        color == .never || (color == .auto && getenv("NO_COLOR") != nil)
    }

    var symbols: Symbols { ascii ? .ascii : .unicode }

    func chosenTheme() throws(Ending) -> Theme {
        isColourless ? .mono : try namedTheme(theme ?? "weir")
    }

    private func namedTheme(_ theme: String) throws(Ending) -> Theme {
        if let bundled = Theme.bundled.first(where: { $0.name == theme }) { return bundled }
        guard theme.hasSuffix(".theme") || theme.contains("/") else {
            let names = Theme.bundled.map(\.name).joined(separator: ", ")
            throw Ending(.usage, "there is no theme `\(theme)`; there are \(names), or a file")
        }
        let read = Theme(parsing: try readText(theme, limit: 1 << 20), name: theme)
        if let problem = read.problems.first {
            throw Ending(.usage, "\(theme):\(problem.line): \(problem.message)")
        }
        return read
    }
}

enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never
}
