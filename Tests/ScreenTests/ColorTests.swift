import Testing

@testable import Screen

@Suite struct ColorTests {
    @Test(
        arguments: [
            (ColorDepth.ansi8, 0x000000, 0), (.ansi8, 0xF0F0F0, 7), (.ansi8, 0xFF2010, 1),
            (.ansi8, 0x10C020, 2), (.ansi8, 0x7FC891, 2), (.ansi8, 0xE3B94F, 3),
            (.ansi8, 0xFF7566, 1),
            (.ansi16, 0xFF0000, 9), (.ansi16, 0xCD0000, 1), (.ansi16, 0xFF7566, 9),
            (.ansi16, 0x808080, 8), (.ansi16, 0xFFFFFF, 15), (.xterm256, 0xFF0000, 196),
            (.xterm256, 0x000000, 16), (.xterm256, 0xFFFFFF, 231), (.xterm256, 0x080808, 232),
            (.xterm256, 0x5F87AF, 67), (.xterm256, 0x767676, 243), (.truecolor, 0x123456, 0x123456),
        ] as [(ColorDepth, UInt32, Int)])
    func nearestIndex(_ depth: ColorDepth, _ color: UInt32, _ index: Int) {
        #expect(depth.index(nearest: RGB(color)) == index)
    }

    @Test func monoHasNone() {
        #expect(ColorDepth.mono.index(nearest: RGB(0xFF0000)) == nil)
        #expect(ColorDepth.mono.color(at: 0) == nil)
    }

    @Test(arguments: [(ColorDepth.ansi8, 0..<8), (.ansi16, 0..<16), (.xterm256, 16..<256)])
    func everyPaletteColorIsItsOwnNearest(_ depth: ColorDepth, _ range: Range<Int>) throws {
        for index in range {
            let color = try #require(depth.color(at: index))
            let nearest = try #require(depth.index(nearest: color))
            #expect(depth.color(at: nearest) == color)
        }
        #expect(depth.color(at: range.upperBound) == nil)
    }

    @Test func colorsMixAndPrint() {
        #expect(RGB(0x000000).mixed(with: RGB(0xFF8040), 0.5) == RGB(128, 64, 32))
        #expect(RGB(0x000000).mixed(with: RGB(0xFF8040), 7) == RGB(0xFF8040))
        #expect(RGB(0x0A0B0C).hex == "#0a0b0c")
        #expect(RGB(0xFF0000).hue == 0 && RGB(0x0000FF).hue == 240 && RGB(0x808080).hue == nil)
    }
}
