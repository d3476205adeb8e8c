import Testing

@testable import Screen

@Suite struct WidgetTests {
    private func drawn(
        columns: Int, rows: Int, symbols: Symbols = .unicode, _ draw: (inout Grid, Rect) -> Void
    ) -> Grid {
        var grid = Grid(columns: columns, rows: rows, symbols: symbols)
        draw(&grid, grid.bounds)
        grid.checkInvariants()
        return grid
    }

    private func rows(_ grid: Grid) -> [String] {
        (0..<grid.rows).map { Grid.text(of: grid.row($0)) }
    }

    // MARK: Sparkline

    private let ramp: [Double?] = [0, 1, 2, 3, 4, 5, 6, 7, 8, nil, 0, 8]

    @Test func brailleHasTwoValuesACell() {
        let grid = drawn(columns: 7, rows: 1) { grid, rect in
            Sparkline(values: ramp, maximum: 8, early: 1).draw(in: rect, on: &grid)
        }
        #expect(
            grid.golden == """
                grid 7x1
                 ⣀⣠⣴⣾⡇⣸
                roles
                0: 1 ramp1, 2 ramp4, 3 ramp6, 4 ramp9, 5 ramp10, 6 early

                """)
    }

    @Test func tallGraphsAreColouredByHeight() {
        let grid = drawn(columns: 6, rows: 2) { grid, rect in
            Sparkline(values: ramp, maximum: 8).draw(in: rect, on: &grid)
        }
        #expect(rows(grid) == ["  ⢀⣴⡇⢸", "⣀⣴⣿⣿⡇⣸"])
        #expect(grid[5, 0].style == Style(.ramp10))
        #expect(grid[5, 1].style == Style(.ramp5))
    }

    @Test(arguments: [
        (Symbols.unicode, Sparkline.Marks.blocks, "▁▁▂▃▄▅▆▇█ ▁█"),
        (.ascii, .blocks, "__..-=^^# _#"), (.ascii, .braille, "__..-=^^# _#"),
    ])
    func oneValueACell(_ symbols: Symbols, _ marks: Sparkline.Marks, _ shown: String) {
        let grid = drawn(columns: 12, rows: 1, symbols: symbols) { grid, rect in
            Sparkline(values: ramp, maximum: 8, marks: marks, coloring: .role(.series2))
                .draw(in: rect, on: &grid)
        }
        #expect(rows(grid) == [shown])
        #expect(grid[0, 0].style == Style(.series2))
        #expect(grid[9, 0].glyph == .blank)
    }

    @Test func valuesOutsideTheScaleAreHeld() {
        let values: [Double?] = [-5, 50, .nan, .infinity, -.infinity, 10]
        let grid = drawn(columns: 8, rows: 1) { grid, rect in
            Sparkline(values: values, minimum: 0, maximum: 10, marks: .blocks)
                .draw(in: rect, on: &grid)
        }
        #expect(rows(grid) == ["  ▁█ █▁█"])
        let flat = drawn(columns: 3, rows: 1) { grid, rect in
            Sparkline(values: [4, 4, 5], minimum: 4, maximum: 4, marks: .blocks)
                .draw(in: rect, on: &grid)
        }
        #expect(rows(flat) == ["▁▁█"])
    }

    @Test func onlyTheNewestValuesAreShown() {
        #expect(Sparkline.capacity(columns: 3) == 6)
        #expect(Sparkline.capacity(columns: 3, symbols: .ascii) == 3)
        let grid = drawn(columns: 2, rows: 1) { grid, rect in
            Sparkline(values: ramp, maximum: 8).draw(in: rect, on: &grid)
        }
        #expect(rows(grid) == ["⡇⣸"])
    }

    // MARK: Box

    @Test(arguments: [
        (17, "╭ events ── 2/s ╮"), (16, "╭ events ─ 2/s ╮"), (15, "╭ events ─────╮"),
        (8, "╭ eve… ╮"), (5, "╭ … ╮"), (4, "╭──╮"), (3, "╭─╮"), (2, "╭╮"), (1, ""),
    ])
    func titlesYield(_ width: Int, _ expected: String) {
        let grid = drawn(columns: width, rows: 2) { grid, rect in
            Box(title: "events", note: "2/s", isFocused: true).draw(in: rect, on: &grid)
        }
        #expect(rows(grid)[0] == expected)
        if width >= 2 { #expect(grid[0, 0].style == Style(.accent)) }
    }

    @Test func boxesHaveAnInside() {
        var grid = Grid(columns: 6, rows: 3, symbols: .ascii)
        grid.write("xxxxxx", column: 0, row: 1, style: Style(.text))
        let inside = Box().draw(in: grid.bounds, on: &grid)
        #expect(inside == Rect(column: 1, row: 1, width: 4, height: 1))
        #expect(rows(grid) == ["+----+", "|    |", "+----+"])
        #expect(grid[0, 0].style == Style(.box))
    }

    // MARK: Meter

    @Test(
        arguments: [
            (0.0, "░░░░░░░░"), (0.5, "████░░░░"), (0.53, "████▎░░░"), (1, "████████"),
            (7, "████████"),
            (-1, "░░░░░░░░"), (0.001, "▏░░░░░░░"), (0.999, "███████▉"), (.nan, "░░░░░░░░"),
            (nil, "░░░░░░░░"),
        ] as [(Double?, String)])
    func metersFill(_ share: Double?, _ shown: String) {
        let grid = drawn(columns: 8, rows: 1) { grid, rect in
            Meter(share: share).draw(in: rect, on: &grid)
        }
        #expect(rows(grid) == [shown])
    }

    @Test(arguments: [
        (0.2, Role.good, "██░░░░┊░┊░"), (0.6, .warn, "██████┊░┊░"), (0.85, .bad, "████████▌░"),
    ])
    func metersMarkTheirLimits(_ share: Double, _ role: Role, _ shown: String) {
        let meter = Meter(share: share, warn: 0.6, crit: 0.8)
        let grid = drawn(columns: 10, rows: 1) { grid, rect in meter.draw(in: rect, on: &grid) }
        #expect(meter.status == role)
        #expect(rows(grid) == [shown])
        let area = role == .bad ? Role.badArea : role == .warn ? .warnArea : role
        #expect(grid[0, 0].style == Style(area))
    }

    @Test func metersKnowWhenLittleIsBad() {
        #expect(Meter(share: 0.9, warn: 0.5, crit: 0.2).status == .good)
        #expect(Meter(share: 0.4, warn: 0.5, crit: 0.2).status == .warn)
        #expect(Meter(share: 0.1, warn: 0.5, crit: 0.2).status == .bad)
        #expect(Meter(share: nil, warn: 0.5).status == .dim)
    }

    @Test func metersInASCII() {
        let grid = drawn(columns: 10, rows: 1, symbols: .ascii) { grid, rect in
            Meter(share: 0.36, warn: 0.8).draw(in: rect, on: &grid)
        }
        #expect(rows(grid) == ["####....|."])
    }
}
