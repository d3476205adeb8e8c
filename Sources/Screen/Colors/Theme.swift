/// Which colour each role has, read from a theme file in btop's format.
///
/// Reading never fails: what can't be read is listed in `problems` and the colour stays unset, keys
/// of btop that mean nothing here are counted, and every role gets a colour from what is there.
package struct Theme: Hashable, Sendable {
    /// One line of a theme file that could not be read.
    package struct Problem: Hashable, Sendable {
        /// From 1.
        package let line: Int
        package let message: String
    }

    package let name: String
    package let problems: [Problem]
    /// How many keys were read that neither btop nor weir knows.
    package let unknownKeys: Int
    /// By `Role.rawValue`; nil is the terminal's own colour.
    private let foregrounds: [RGB?]
    private let background: RGB?
    private let selectedBackground: RGB?

    package init(parsing text: String, name: String) {
        let file = ThemeFile(parsing: text)
        let palette = ThemePalette(file: file)
        self.name = name
        problems = file.problems
        unknownKeys = file.unknownKeys
        foregrounds = Role.allCases.map { palette.color(of: $0) }
        background = file.colors["main_bg"]
        selectedBackground = file.colors["selected_bg"]
    }

    /// nil is the terminal's own colour.
    package func colors(for role: Role) -> (foreground: RGB?, background: RGB?) {
        let back = role == .selected ? selectedBackground ?? background : background
        return (foregrounds[Int(role.rawValue)], back)
    }

    /// Whether the theme names no colour at all; then styles differ by bold and reverse.
    package var isMono: Bool {
        background == nil && selectedBackground == nil && foregrounds.allSatisfy { $0 == nil }
    }
}
