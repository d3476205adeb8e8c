import Screen

/// Random frames that the program in the terminal and the test that watches it both can make.
package enum PresenterGrids {
    private static let words: [CleanText] = [
        "weir", "│╭─╮╰╯", "⣀⣠⣤⣴⣶⣾⣿⣷", "▁▂▃▄▅▆▇█", "東京", "서울 광주", "e\u{301}a\u{308}o\u{302}",
        "–5.0s", "▲ ▼ ●○", "  ", "漢", "Ωμέγα", "…", "0123456789",
    ]

    /// Frame `number` of a seed. Frames after the first differ from the one before in a tenth of
    /// their cells or less, every seventh in all of them, and each by its number in a corner.
    package static func grid(seed: UInt64, number: Int, columns: Int, rows: Int) -> Grid {
        let whole = number / 7 * 7
        var grid = Grid(columns: columns, rows: rows)
        var dice = Dice(seed: seed &+ UInt64(whole) &* 1_000_003)
        for _ in 0..<(columns * rows / 4) { write(&dice, on: &grid) }
        for step in whole..<number {
            var dice = Dice(seed: seed &+ UInt64(step + 1) &* 7919)
            for _ in 0..<max(1, columns * rows / 80) { write(&dice, on: &grid) }
        }
        grid.write(CleanText("frame \(number) "), column: 0, row: 0, style: Style(.text))
        return grid
    }

    private static func write(_ dice: inout Dice, on grid: inout Grid) {
        let style = Style(
            Role.allCases[dice.roll(Role.allCases.count)], bold: dice.roll(4) == 0,
            reverse: dice.roll(6) == 0)
        grid.write(
            words[dice.roll(words.count)], column: dice.roll(grid.columns + 4) - 2,
            row: dice.roll(grid.rows), style: style)
    }

    /// SplitMix64.
    private struct Dice {
        var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func roll(_ sides: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ (z >> 31)) % UInt64(sides))
        }
    }
}
