/// Chooses a colour for each role from the keys of a theme file.
///
/// weir's own keys come first. Without them a role takes the key of btop that means nearly the
/// same, and status colours are the theme's most green, yellow and red ones, since btop's ramps
/// need not run from good to bad.
struct ThemePalette {
    private let colors: [String: RGB]
    private let ramp: [RGB?]
    private let series: [RGB?]

    init(file: ThemeFile) {
        colors = file.colors
        ramp = Self.ramp(in: file.colors)
        series = Self.series(in: file.colors)
    }

    func color(of role: Role) -> RGB? {
        switch role {
        case .text: colors["main_fg"]
        case .dim: legible(first("weir_dim", "graph_text", "inactive_fg", "main_fg"))
        case .title: first("title", "main_fg")
        case .accent: first("weir_accent", "hi_fg", "title", "main_fg")
        case .box: first("weir_box", "cpu_box", "div_line", "main_fg")
        case .selected: first("selected_fg", "main_fg")
        case .early: legible(first("weir_early", "graph_text", "inactive_fg", "main_fg"))
        case .good: status("weir_good", .green)
        case .warn, .warnArea: status("weir_warn", .yellow)
        case .bad, .badArea: status("weir_bad", .red)
        case .series0, .series1, .series2, .series3, .series4, .series5, .series6, .series7:
            series[Int(role.rawValue - Role.series0.rawValue)]
        case .ramp0, .ramp1, .ramp2, .ramp3, .ramp4, .ramp5, .ramp6, .ramp7, .ramp8, .ramp9,
            .ramp10:
            ramp[Int(role.rawValue - Role.ramp0.rawValue)]
        }
    }

    private func first(_ keys: String...) -> RGB? {
        keys.lazy.compactMap { colors[$0] }.first
    }

    /// Mixed with the text's colour until it can be read: btop's inactive text may be faint, and
    /// dim text here carries numbers.
    private func legible(_ color: RGB?) -> RGB? {
        guard var color, let back = colors["main_bg"], let text = colors["main_fg"] else {
            return color
        }
        for _ in 0..<8 where color.distance(to: back) < 2 * Self.legibleDistance {
            color = color.mixed(with: text, 0.15)
        }
        return color
    }

    /// About 70 of 255 in green alone.
    private static let legibleDistance = 20_000

    // MARK: Ramp

    /// Eleven steps from start over mid to end. As in btop, without an end all steps are the
    /// start, and without a mid the way is straight.
    private static func ramp(in colors: [String: RGB]) -> [RGB?] {
        let prefix = colors["weir_ramp_start"] != nil ? "weir_ramp" : "cpu"
        let start = colors["\(prefix)_start"] ?? colors["main_fg"]
        let end = colors["\(prefix)_end"] ?? start
        guard let start, let end else { return Array(repeating: nil, count: 11) }
        let middle = colors["\(prefix)_mid"] ?? start.mixed(with: end, 0.5)
        return (0...10).map { step in
            step <= 5
                ? start.mixed(with: middle, Double(step) / 5)
                : middle.mixed(with: end, Double(step - 5) / 5)
        }
    }

    // MARK: Series

    private static let seriesKeys = [
        "hi_fg", "download_mid", "upload_mid", "proc_misc", "temp_mid", "used_end", "cached_end",
        "available_end", "free_end", "cpu_box", "mem_box", "net_box", "proc_box", "title",
    ]

    /// Own keys, then those colours of the theme that can be told apart from each other and from
    /// the background, then the standard ones, until there are eight. A theme without any colour
    /// stays without.
    private static func series(in colors: [String: RGB]) -> [RGB?] {
        if colors.isEmpty { return Array(repeating: nil, count: 8) }
        let own = (0..<8).map { colors["weir_series\($0)"] }
        if own.allSatisfy({ $0 != nil }) { return own }
        var spare: [RGB] = []
        let taken = own.compactMap { $0 }
        for color in seriesKeys.compactMap({ colors[$0] }) + standardSeries {
            let clashes = (taken + spare).contains { $0.distance(to: color) < leastDistance }
            let isFaint =
                colors["main_bg"].map { $0.distance(to: color) < legibleDistance } ?? false
            if !clashes, !isFaint { spare.append(color) }
        }
        spare += standardSeries
        var next = spare.makeIterator()
        return own.map { $0 ?? next.next() }
    }

    /// About 45 of 255 in green alone.
    private static let leastDistance = 8_000

    /// Of middling lightness, so that they can be read on dark and on light.
    private static let standardSeries: [RGB] = [
        0x4C9AC9, 0xC98A2E, 0x3FA66B, 0xB56BB8, 0xCF6A5B, 0x5C74D6, 0x8A9A2F, 0x2FA3A0,
    ].map { RGB($0) }

    // MARK: Status

    private struct Status {
        /// In degrees on the colour wheel.
        let hues: ClosedRange<Double>
        let standard: RGB

        static let green = Status(hues: 85...165, standard: RGB(0x3FA66B))
        static let yellow = Status(hues: 32...62, standard: RGB(0xC9962E))
        static let red = Status(hues: -15...15, standard: RGB(0xE0524D))
    }

    private static let statusKeys = [
        "cpu_end", "cpu_mid", "cpu_start", "temp_end", "temp_mid", "temp_start", "used_end",
        "free_end", "free_mid", "available_end", "available_mid", "used_mid", "process_end",
        "process_mid", "process_start", "hi_fg", "proc_misc", "cpu_box", "mem_box", "net_box",
        "proc_box", "title", "cached_end", "download_end", "upload_end", "used_start",
        "free_start", "available_start",
    ]

    private func status(_ key: String, _ status: Status) -> RGB? {
        if colors.isEmpty { return nil }
        if let own = colors[key] { return own }
        let candidates = Self.statusKeys.lazy.compactMap { self.colors[$0] }
        return candidates.first { color in
            guard let hue = color.hue else { return false }
            let signed = hue > 180 && status.hues.lowerBound < 0 ? hue - 360 : hue
            let legible =
                colors["main_bg"].map { $0.distance(to: color) >= Self.legibleDistance } ?? true
            return status.hues.contains(signed) && legible
        } ?? status.standard
    }
}
