/// How many columns a scalar takes, as far as all terminals agree.
enum ScalarWidth: Hashable, Sendable {
    case narrow, wide
    /// Drawn over the scalar before it.
    case combining
    /// Takes no column and changes nothing that a grid of cells can show: left out.
    case invisible
    /// Not drawable in a known width: replaced.
    case unknown

    /// Logarithmic in the size of the tables; constant for ASCII and what this room draws with.
    static func of(_ scalar: Unicode.Scalar) -> ScalarWidth {
        let value = scalar.value
        switch value {
        case 0x20...0x7E, 0x2500...0x259F, 0x2800...0x28FF: return .narrow
        case 0x00...0x1F, 0x7F...0x9F: return .unknown
        // ZWNJ, variation selectors, ZWNBSP (a byte order mark in the middle of a text), and the
        // variation selectors for ideographs.
        case 0x200C, 0xFE00...0xFE0F, 0xFEFF, 0xE0100...0xE01EF: return .invisible
        default: break
        }
        if contains(value, in: unknownRanges) { return .unknown }
        if contains(value, in: wideRanges) { return .wide }
        return contains(value, in: combiningRanges) ? .combining : .narrow
    }

    /// Whether the scalar makes one picture of its neighbours: the zero width joiner, regional
    /// indicators (flags), skin tones, tags.
    static func joins(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200D, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: true
        default: false
        }
    }

    private static func contains(_ value: UInt32, in ranges: [UInt32]) -> Bool {
        var low = 0
        var high = ranges.count / 2
        while low < high {
            let middle = (low + high) / 2
            if ranges[2 * middle + 1] < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count / 2 && ranges[2 * low] <= value
    }
}
