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

    @Flag(help: "Listen to the mouse: a click chooses a panel, two zoom it, the wheel scrolls.")
    var mouse = false

    @OptionGroup var looks: LookOptions

    func checked() throws(Ending) -> ScreenSettings {
        guard 1...60 ~= fps else { throw Ending(.usage, "--fps \(fps): from 1 to 60") }
        var settings = ScreenSettings(framesPerSecond: fps)
        settings.theme = try looks.chosenTheme()
        settings.isThemeGiven = looks.isColourless || looks.theme != nil
        if !settings.themes.contains(settings.theme) { settings.themes.append(settings.theme) }
        settings.keyMap = try keyMap()
        settings.depth = looks.isColourless ? .mono : nil
        settings.symbols = looks.symbols
        settings.mouse = mouse
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
}
