/// How a style looks under a theme: what the presenter and the picture writer need to know.
package struct Appearance: Hashable, Sendable {
    /// nil is the terminal's own.
    package var foreground: RGB?
    package var background: RGB?
    package var bold: Bool
    package var reverse: Bool

    package init(foreground: RGB?, background: RGB?, bold: Bool, reverse: Bool) {
        self.foreground = foreground
        self.background = background
        self.bold = bold
        self.reverse = reverse
    }
}

extension ColorDepth {
    /// Whether two colours look the same here; the terminal's own may be any.
    fileprivate func confuses(_ first: RGB?, _ second: RGB?) -> Bool {
        guard let first, let second else { return first == nil && second == nil }
        return index(nearest: first) == index(nearest: second)
    }
}

extension Theme {
    /// The look of a style. Without colours (`depth` is mono, or the theme has none) status and
    /// selection are told apart by bold and reverse alone. Where few colours make text and its
    /// background one, the text takes the plain text's colour, and a selection is reversed.
    package func appearance(of style: Style, depth: ColorDepth = .truecolor) -> Appearance {
        if depth == .mono || isMono { return Self.monoAppearance(of: style) }
        var look = Appearance(
            foreground: colors(for: style.role).foreground,
            background: colors(for: style.role).background,
            bold: style.bold || style.role == .bad || style.role == .title,
            reverse: style.reverse)
        let page = colors(for: .text)
        if style.role == .selected, depth.confuses(look.background, page.background) {
            look = Appearance(
                foreground: page.foreground, background: page.background, bold: look.bold,
                reverse: !style.reverse)
        } else if depth.confuses(look.foreground, look.background) {
            look.foreground = page.foreground
        }
        return look
    }

    private static func monoAppearance(of style: Style) -> Appearance {
        let bold: Bool
        let reverse: Bool
        switch style.role {
        case .bad: (bold, reverse) = (true, true)
        case .warn, .title, .accent, .warnArea, .badArea: (bold, reverse) = (true, false)
        case .selected: (bold, reverse) = (false, true)
        default: (bold, reverse) = (false, false)
        }
        return Appearance(
            foreground: nil, background: nil, bold: bold || style.bold,
            reverse: reverse != style.reverse)
    }
}
