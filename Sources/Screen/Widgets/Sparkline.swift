/// A filled graph of values, the newest at the right edge.
///
/// A value that is there is at least one step high and nil is a gap, so that zero and "nothing
/// known" look different. Values outside the scale are held at its ends. If there are more values
/// than places the oldest are left out; if there are fewer the left stays blank.
package struct Sparkline: Hashable, Sendable {
    package enum Marks: Hashable, Sendable {
        /// Two values a cell, four steps a row.
        case braille
        /// One value a cell, eight steps a row.
        case blocks
    }

    package enum Coloring: Hashable, Sendable {
        case role(Role)
        /// By height: calm below, loud above. One row high, by the value.
        case ramp
    }

    package var values: [Double?]
    package var minimum: Double
    package var maximum: Double
    package var marks: Marks
    package var coloring: Coloring
    /// How many of the last values may still change; drawn in `.early`.
    package var early: Int

    package init(
        values: [Double?], minimum: Double = 0, maximum: Double, marks: Marks = .braille,
        coloring: Coloring = .ramp, early: Int = 0
    ) {
        self.values = values
        self.minimum = minimum
        self.maximum = maximum
        self.marks = marks
        self.coloring = coloring
        self.early = early
    }

    /// How many values fit side by side into this many columns.
    package static func capacity(
        columns: Int, marks: Marks = .braille, symbols: Symbols = .unicode
    ) -> Int {
        max(0, columns) * (symbols == .unicode && marks == .braille ? 2 : 1)
    }

    package func draw(in rect: Rect, on grid: inout Grid) {
        guard !rect.isEmpty else { return }
        let ladder = ladder(for: grid.symbols)
        let places = rect.width * ladder.valuesPerCell
        let shown = values.suffix(places)
        let lead = places - shown.count
        let shares = Array(repeating: nil, count: lead) + shown.map { share(of: $0) }
        let firstEarly = places - early
        for column in 0..<rect.width {
            let start = column * ladder.valuesPerCell
            let end = start + ladder.valuesPerCell
            drawColumn(
                shares[start..<end], in: rect.column(column), ladder: ladder,
                isEarly: end > firstEarly, on: &grid)
        }
    }

    /// Of the scale, 0 to 1; nil for a gap. On a scale without extent, what is above it is 1.
    private func share(of value: Double?) -> Double? {
        guard let value, !value.isNaN else { return nil }
        let share = (value - minimum) / (maximum - minimum)
        return share.isFinite ? min(1, max(0, share)) : value > minimum ? 1 : 0
    }

    private func drawColumn(
        _ shares: ArraySlice<Double?>, in rect: Rect, ladder: Ladder, isEarly: Bool,
        on grid: inout Grid
    ) {
        let perRow = ladder.stepsPerRow
        let steps = Double(rect.height * perRow)
        let heights = shares.map { $0.map { max(1, Int(($0 * steps).rounded())) } ?? 0 }
        let largest = shares.compactMap { $0 }.max() ?? 0
        for row in 0..<rect.height {
            let below = (rect.height - 1 - row) * perRow
            let levels = heights.map { min(perRow, max(0, $0 - below)) }
            guard levels.contains(where: { $0 > 0 }) else { continue }
            let share = rect.height == 1 ? largest : Double(below + perRow) / steps
            grid.put(
                ladder.glyph(levels), column: rect.column, row: rect.row + row,
                style: isEarly ? Style(.early) : style(share: share))
        }
    }

    private func style(share: Double) -> Style {
        switch coloring {
        case .role(let role): Style(role)
        case .ramp: Style(.ramp(share))
        }
    }

    private func ladder(for symbols: Symbols) -> Ladder {
        if symbols == .ascii { return .ascii }
        return marks == .braille ? .braille : .blocks
    }
}

extension Rect {
    fileprivate func column(_ offset: Int) -> Rect {
        Rect(column: column + offset, row: row, width: 1, height: height)
    }
}

/// The glyphs of one cell of a graph, by how high its values reach into it.
enum Ladder {
    case braille, blocks, ascii

    var valuesPerCell: Int { self == .braille ? 2 : 1 }

    var stepsPerRow: Int {
        switch self {
        case .braille: 4
        case .blocks: 8
        case .ascii: Self.asciiSteps.count
        }
    }

    /// `levels` holds one number per value, 0 to `stepsPerRow`, not all of them 0.
    func glyph(_ levels: [Int]) -> Glyph {
        switch self {
        case .braille:
            let dots = Self.leftDots[levels[0]] | Self.rightDots[levels[1]]
            return Glyph(base: Unicode.Scalar(0x2800 + dots)!)
        case .blocks: return Glyph(base: Unicode.Scalar(0x2580 + UInt32(levels[0]))!)
        case .ascii: return Self.asciiSteps[levels[0] - 1]
        }
    }

    /// The dots of a half filled from the bottom, by height; braille numbers them 7 3 2 1 and
    /// 8 6 5 4 upwards.
    private static let leftDots: [UInt32] = [0, 0x40, 0x44, 0x46, 0x47]
    private static let rightDots: [UInt32] = [0, 0x80, 0xA0, 0xB0, 0xB8]
    private static let asciiSteps: [Glyph] = "_.-=^#".unicodeScalars.map { Glyph(base: $0) }
}
