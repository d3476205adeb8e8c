extension Glyph {
    /// The glyph as SVG path data, for the characters that pictures are drawn with. So a graph
    /// looks the same whatever fonts there are. nil for what is better left to a font.
    struct Shape: Equatable {
        let path: String
        /// Drawn as lines; otherwise as filled areas.
        let isStroke: Bool
    }

    /// The size of a cell, in the units of the path.
    static let shapeWidth = 90
    static let shapeHeight = 190

    /// With the cell's top left corner at `x`, `y`.
    func shape(x: Int, y: Int) -> Shape? {
        guard marks.0 == nil, !isContinuation else { return nil }
        let code = Int(base.value)
        switch code {
        case 0x2801...0x28FF: return Self.braille(code & 0xFF, x, y)
        case 0x2581...0x2588:
            let height = Self.shapeHeight * (code - 0x2580) / 8
            return Self.area(x, y + Self.shapeHeight - height, Self.shapeWidth, height)
        case 0x2589...0x258F:
            return Self.area(x, y, Self.shapeWidth * (0x2590 - code) / 8, Self.shapeHeight)
        case 0x2591...0x2593: return Self.shade(code - 0x2590, x, y)
        default:
            return Self.lines[base].map { Shape(path: "M\(x) \(y)" + $0, isStroke: true) }
        }
    }

    private static func area(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Shape {
        Shape(path: "M\(x) \(y)h\(width)v\(height)h-\(width)z", isStroke: false)
    }

    /// Round dots, in two columns of four. Dots 1 2 3 and 7 are the left column, 4 5 6 and 8 the
    /// right one.
    private static func braille(_ dots: Int, _ x: Int, _ y: Int) -> Shape {
        let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
        var path = ""
        for (bit, place) in places.enumerated() where dots & 1 << bit != 0 {
            let left = x + 6 + place.0 * 45
            let middle = y + 24 + place.1 * 47
            path += "M\(left) \(middle)a17 17 0 1 0 34 0a17 17 0 1 0 -34 0"
        }
        return Shape(path: path, isStroke: false)
    }

    /// A raster of squares, larger for a denser shade.
    private static func shade(_ density: Int, _ x: Int, _ y: Int) -> Shape {
        let side = 6 + 6 * density
        var path = ""
        for row in 0..<6 {
            for column in 0..<3 {
                let left = x + column * 30 + 5
                path += "M\(left) \(y + row * 32 + 5)h\(side)v\(side)h-\(side)z"
            }
        }
        return Shape(path: path, isStroke: false)
    }

    /// From the cell's top left corner, in relative steps.
    private static let lines: [Unicode.Scalar: String] = [
        "─": "m0 95h90", "│": "m45 0v190",
        "╭": "m45 190v-40q0 -55 45 -55", "╮": "m45 190v-40q0 -55 -45 -55",
        "╰": "m45 0v40q0 55 45 55", "╯": "m45 0v40q0 55 -45 55",
        "├": "m45 0v190m0 -95h45", "┤": "m45 0v190m0 -95h-45",
        "┬": "m0 95h90m-45 0v95", "┴": "m0 95h90m-45 0v-95", "┼": "m0 95h90m-45 -95v190",
        "┊": "m45 8v30m0 18v30m0 18v30m0 18v30",
    ]
}
