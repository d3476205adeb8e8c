import ArgumentParser
import Panels
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
    var theme: String?

    @Option(help: "auto, always or never. NO_COLOR is never.")
    var color = ColorChoice.auto

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    func checked() throws(Ending) -> ScreenSettings {
        guard 1...60 ~= fps else { throw Ending(.usage, "--fps \(fps): from 1 to 60") }
        var settings = ScreenSettings(framesPerSecond: fps)
        let isColourless = color == .never || (color == .auto && getenv("NO_COLOR") != nil)
        settings.theme = isColourless ? .mono : try namedTheme(theme ?? "weir")
        settings.isThemeGiven = isColourless || theme != nil
        if !settings.themes.contains(settings.theme) { settings.themes.append(settings.theme) }
        settings.keyMap = try keyMap()
        settings.depth = isColourless ? .mono : nil
        settings.symbols = ascii ? .ascii : .unicode
        return settings
    }

    /// With the keys of `$XDG_CONFIG_HOME/weir/keys`, where there is such a file.
    private func keyMap() throws(Ending) -> KeyMap {
        guard let path = userFolder("XDG_CONFIG_HOME", or: ".config").map({ $0 + "/weir/keys" }),
            access(path, F_OK) == 0
        else { return .standard }
        let text = try readText(path, limit: 1 << 16)
        do throws(KeyMap.Problem) {
            return try KeyMap.standard.changed(by: text)
        } catch {
            throw Ending(.usage, "\(path):\(error.line): \(error.message)")
        }
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
