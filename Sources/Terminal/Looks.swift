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
        var pairs = Pairs()
        looks = Self.styles.map { style in
            look(of: wanted.appearance(of: style, depth: depth), &pairs)
        }
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

    private func look(of appearance: Appearance, _ pairs: inout Pairs) -> Look {
        let bold = appearance.bold ? cncurses_bold() : 0
        let reverse = appearance.reverse ? cncurses_reverse() : 0
        guard depth != .mono else { return Look(attributes: bold | reverse, pair: 0) }
        let foreground = index(appearance.foreground, default: 7)
        let background = index(appearance.background, default: 0)
        return Look(
            attributes: bold | reverse, pair: pairs.number(foreground, on: background))
    }

    /// -1 is the terminal's own colour.
    private func index(_ color: RGB?, default standard: Int32) -> Int32 {
        color.flatMap { depth.index(nearest: $0) }.map { Int32($0) }
            ?? (hasDefaults ? -1 : standard)
    }
}

/// The pairs of colours of one theme, numbered from 1; 0 is the terminal's own.
///
/// Every theme numbers its own anew, so there are never more than styles, and no terminal runs
/// out of them: ncurses knows 32,767 at most in direct colour, and never forgets one.
private struct Pairs {
    private var numbers: [Colors: Int32] = [:]

    private struct Colors: Hashable {
        var foreground: Int32
        var background: Int32
    }

    mutating func number(_ foreground: Int32, on background: Int32) -> Int32 {
        let colors = Colors(foreground: foreground, background: background)
        if foreground == -1, background == -1 { return 0 }
        if let number = numbers[colors] { return number }
        let number = Int32(numbers.count + 1)
        guard init_extended_pair(number, foreground, background) == OK else { return 0 }
        numbers[colors] = number
        return number
    }
}
