/// A colour in sRGB.
package struct RGB: Hashable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `0xRRGGBB`; higher bits are ignored.
    package init(_ value: UInt32) {
        self.init(
            UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
            UInt8(truncatingIfNeeded: value))
    }

    /// `0xRRGGBB`.
    package var value: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

    /// `#rrggbb`.
    package var hex: String {
        let digits = String(value, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// The colour `share` of the way to `other`, 0 to 1.
    package func mixed(with other: RGB, _ share: Double) -> RGB {
        func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
            let value = Double(from) + (Double(to) - Double(from)) * min(1, max(0, share))
            return UInt8(value.rounded())
        }
        return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
    }

    /// In degrees, 0 to 360, red first; nil where the colour is too grey or too dark to have one
    /// that is noticed.
    package var hue: Double? {
        let r = Double(red)
        let g = Double(green)
        let b = Double(blue)
        let most = max(r, g, b)
        let chroma = most - min(r, g, b)
        guard most >= 90, chroma >= 0.28 * most else { return nil }
        let sixth =
            most == r ? (g - b) / chroma : most == g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma
        return sixth < 0 ? sixth * 60 + 360 : sixth * 60
    }

    /// How different two colours look: the weighted distance of T. Riemersma ("redmean"), squared,
    /// which is close enough to perception to choose from a palette and needs no tables.
    package func distance(to other: RGB) -> Int {
        let mean = (Int(red) + Int(other.red)) / 2
        let reds = Int(red) - Int(other.red)
        let greens = Int(green) - Int(other.green)
        let blues = Int(blue) - Int(other.blue)
        return ((512 + mean) * reds * reds) / 256 + 4 * greens * greens
            + ((767 - mean) * blues * blues) / 256
    }
}
