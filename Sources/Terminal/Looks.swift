import CNcurses
import Screen

/// How the styles of a theme look on this terminal, as ncurses takes it.
struct Looks {
    struct Look: Equatable {
        var attributes: attr_t
        var pair: Int32
    }

    private let depth: ColorDepth
    /// Some terminals have no way back to their own colours.
    private let hasDefaults: Bool
    private var theme: Theme?
    /// By role, then bold, then reverse.
    private var looks: [Look] = []

    /// To be made after ncurses is up.
    init(depth: ColorDepth) {
        self.depth = depth
        hasDefaults = depth != .mono && use_default_colors() == OK
    }

    /// Makes the theme the one in use; whether it was another.
    mutating func use(_ wanted: Theme) -> Bool {
        guard wanted != theme else { return false }
        theme = wanted
        looks = Self.styles.map { look(of: wanted.appearance(of: $0, depth: depth)) }
        return true
    }

    /// After `use`.
    func look(of style: Style) -> Look {
        let index = Int(style.role.rawValue) * 4 + (style.bold ? 2 : 0) + (style.reverse ? 1 : 0)
        return looks[index]
    }

    private static let styles: [Style] = Role.allCases.flatMap { role in
        [(false, false), (false, true), (true, false), (true, true)].map {
            Style(role, bold: $0.0, reverse: $0.1)
        }
    }

    private func look(of appearance: Appearance) -> Look {
        let bold = appearance.bold ? cncurses_bold() : 0
        let reverse = appearance.reverse ? cncurses_reverse() : 0
        return Look(attributes: bold | reverse, pair: pair(of: appearance))
    }

    /// ncurses finds the pair that it has, or makes one, and forgets the one longest unused when
    /// the terminal allows no more.
    private func pair(of appearance: Appearance) -> Int32 {
        guard depth != .mono else { return 0 }
        let foreground = index(appearance.foreground, default: 7)
        let background = index(appearance.background, default: 0)
        return foreground == -1 && background == -1 ? 0 : max(0, alloc_pair(foreground, background))
    }

    /// -1 is the terminal's own colour.
    private func index(_ color: RGB?, default standard: Int32) -> Int32 {
        color.flatMap { depth.index(nearest: $0) }.map { Int32($0) }
            ?? (hasDefaults ? -1 : standard)
    }
}
