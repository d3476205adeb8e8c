import TestSeeds
import Testing

@testable import Screen

@Suite struct LayoutTests {
    @Test(arguments: [
        (10, [1, 1], [], [5, 5]), (11, [1, 1], [], [5, 6]), (10, [1, 1, 1], [], [3, 3, 4]),
        (30, [2, 1], [], [20, 10]), (30, [2, 1], [0, 15], [15, 15]),
        (10, [1, 9], [4, 0], [4, 6]),
        (10, [1, 1, 8], [3, 3, 3], [3, 3, 4]), (5, [1, 1], [10, 10], [2, 3]),
        (9, [1, 1], [20, 10], [6, 3]), (0, [1, 2], [5, 5], [0, 0]), (-4, [1], [], [0]),
        (7, [0, 0], [], [3, 4]), (7, [0, 1], [], [0, 7]), (7, [-3, 1], [], [0, 7]), (7, [], [], []),
        (100, [1, 1, 1, 1], [40, 0, 0, 0], [40, 20, 20, 20]),
    ])
    func splits(_ length: Int, _ shares: [Int], _ minimums: [Int], _ parts: [Int]) {
        #expect(Layout.split(length, shares: shares, minimums: minimums) == parts)
    }

    @Test(arguments: seeds(200)) func partsAddUpAndKeepTheirMinimums(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let count = Int.random(in: 1...8, using: &random)
        let length = Int.random(in: 0...400, using: &random)
        let shares = (0..<count).map { _ in Int.random(in: 0...9, using: &random) }
        let minimums = (0..<count).map { _ in Int.random(in: 0...60, using: &random) }
        let parts = Layout.split(length, shares: shares, minimums: minimums)
        #expect(parts.reduce(0, +) == length, "seed \(seed)")
        #expect(parts.allSatisfy { $0 >= 0 }, "seed \(seed)")
        if minimums.reduce(0, +) <= length {
            #expect(zip(parts, minimums).allSatisfy { $0 >= $1 }, "seed \(seed)")
        }
    }

    static let requests = [
        ColumnRequest(minimum: 6, ideal: 20, priority: 9),
        ColumnRequest(minimum: 5, ideal: 8, alignment: .trailing, priority: 5),
        ColumnRequest(minimum: 5, ideal: 8, alignment: .trailing, priority: 5),
        ColumnRequest(minimum: 4, ideal: 4, priority: 1),
    ]

    @Test(arguments: [
        (80, [20, 8, 8, 4], [0, 21, 30, 39]), (43, [20, 8, 8, 4], [0, 21, 30, 39]),
        (33, [13, 6, 7, 4], [0, 14, 21, 29]), (23, [6, 5, 5, 4], [0, 7, 13, 19]),
        (22, [8, 6, 6, 0], [0, 9, 16, 0]), (17, [10, 6, 0, 0], [0, 11, 0, 0]),
        (11, [11, 0, 0, 0], [0, 0, 0, 0]), (3, [3, 0, 0, 0], [0, 0, 0, 0]),
        (0, [0, 0, 0, 0], [0, 0, 0, 0]),
    ])
    func columnsFitAndAreShed(_ width: Int, _ widths: [Int], _ starts: [Int]) {
        let columns = TableColumns(fitting: Self.requests, width: width)
        #expect(columns.widths == widths)
        #expect(columns.starts == starts)
        #expect(columns.shed == widths.indices.filter { widths[$0] == 0 })
    }

    @Test func aRowOfATableIsWritten() {
        var grid = Grid(columns: 24, rows: 1)
        let columns = TableColumns(fitting: Self.requests, width: 22)
        columns.write(
            ["berlin-mitte", "6.2k", "41ms", "OK"],
            styles: [Style(.text), Style(.text), Style(.warn), Style(.good)],
            in: Rect(column: 1, row: 0, width: 22, height: 1), line: 0, on: &grid)
        #expect(
            grid.golden == """
                grid 24x1
                 berlin-…   6.2k   41ms
                roles
                0: 19-22 warn

                """)
    }
}
