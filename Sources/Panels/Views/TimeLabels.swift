import Engine
import Events
import Screen

/// Times under a chart, at round instants; they move with what is above them.
struct TimeLabels {
    let axis: TimeAxis
    let placesPerColumn: Int
    let clock: ScreenClock

    func draw(in rect: Rect, on grid: inout Grid) {
        guard let step = axis.step, rect.width > 0, rect.height > 0 else { return }
        let perColumn = step * Int64(placesPerColumn)
        let isFine = perColumn < 60_000_000_000 / 14
        let width = isFine ? 8 : 5
        let distance = Self.distances.first { $0 >= perColumn * Int64(width + 4) } ?? Self.day
        let end = axis.end.rawValue
        var next = Int.max
        for column in stride(from: rect.width - 1, through: 0, by: -1) {
            let last = end - Int64(rect.width - 1 - column) * perColumn
            let instant = floorDiv(last, distance) * distance
            guard instant > last - perColumn, column + width <= min(rect.width, next) else {
                continue
            }
            let text = clock.time(Timestamp(rawValue: instant))
            grid.write(
                CleanText(isFine ? text : String(text.prefix(5))), column: rect.column + column,
                row: rect.row, style: Style(.dim), width: width)
            next = column - 3
        }
    }

    private static let day: Int64 = 86_400_000_000_000

    private static let distances: [Int64] =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200]
        .map { $0 * 1_000_000_000 }
}
