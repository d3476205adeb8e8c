/// How many colours a terminal has.
package enum ColorDepth: Hashable, Sendable, CaseIterable {
    case mono, ansi8, ansi16, xterm256, truecolor

    /// The number this depth knows the colour by: the palette index that looks nearest, `0xRRGGBB`
    /// in truecolor, nil in mono. Of equally near ones the lowest.
    ///
    /// With 8 and 16 colours the hue decides before the lightness, or all soft colours would turn
    /// grey and a status could not be seen. Of xterm's 256 only the cube and the greys (16...255)
    /// are used: the first 16 are the user's to change.
    package func index(nearest color: RGB) -> Int? {
        switch self {
        case .mono: nil
        case .ansi8: Self.nearestByHue(color, in: 0..<8)
        case .ansi16: Self.nearestByHue(color, in: 0..<16)
        case .xterm256: Self.nearest(color, in: 16..<256)
        case .truecolor: Int(color.value)
        }
    }

    /// What the index looks like, for pictures and tests; nil in mono or out of range.
    package func color(at index: Int) -> RGB? {
        switch self {
        case .mono: nil
        case .ansi8: (0..<8).contains(index) ? Self.palette[index] : nil
        case .ansi16: (0..<16).contains(index) ? Self.palette[index] : nil
        case .xterm256: (0..<256).contains(index) ? Self.palette[index] : nil
        case .truecolor: RGB(UInt32(truncatingIfNeeded: index))
        }
    }

    private static func nearest(_ color: RGB, in indices: some Sequence<Int>) -> Int {
        var best = 0
        var least = Int.max
        for index in indices {
            let distance = palette[index].distance(to: color)
            if distance < least { (best, least) = (index, distance) }
        }
        return best
    }

    /// Greys among the greys; otherwise, of the indices with the nearest hue, the nearest colour.
    private static func nearestByHue(_ color: RGB, in range: Range<Int>) -> Int {
        guard let hue = color.hue else {
            return nearest(color, in: range.filter { palette[$0].hue == nil })
        }
        let turns = range.map { index in
            palette[index].hue.map { min(abs($0 - hue), 360 - abs($0 - hue)) } ?? .infinity
        }
        let least = turns.min()
        return nearest(color, in: range.filter { turns[$0 - range.lowerBound] == least })
    }

    /// xterm's default palette: the 16 of ANSI, the 6 × 6 × 6 cube, 24 greys.
    private static let palette: [RGB] = ansi + cube + greys

    private static let ansi: [RGB] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ].map { RGB($0) }

    private static let cube: [RGB] = (0..<216).map { index in
        func level(_ step: Int) -> UInt8 { step == 0 ? 0 : UInt8(55 + 40 * step) }
        return RGB(level(index / 36), level(index / 6 % 6), level(index % 6))
    }

    private static let greys: [RGB] = (0..<24).map { step in
        let level = UInt8(8 + 10 * step)
        return RGB(level, level, level)
    }
}
