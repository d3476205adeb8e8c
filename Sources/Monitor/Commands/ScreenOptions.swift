import ArgumentParser
import Screen

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Options of the screen.
struct ScreenOptions: ParsableArguments {
    @Option(help: "At most so many frames a second, 1 to 60.")
    var fps = 10

    @Option(
        help: ArgumentHelp(
            "A theme by name, or a file in btop's format.",
            discussion: Theme.bundled.map(\.name).joined(separator: ", ")))
    var theme = "weir"

    @Option(help: "auto, always or never. NO_COLOR is never.")
    var color = ColorChoice.auto

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    func checked() throws(Ending) -> ScreenSettings {
        guard 1...60 ~= fps else { throw Ending(.usage, "--fps \(fps): from 1 to 60") }
        var settings = ScreenSettings(framesPerSecond: fps)
        let isColourless = color == .never || (color == .auto && getenv("NO_COLOR") != nil)
        settings.theme = isColourless ? .mono : try namedTheme()
        settings.depth = isColourless ? .mono : nil
        settings.symbols = ascii ? .ascii : .unicode
        return settings
    }

    private func namedTheme() throws(Ending) -> Theme {
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
