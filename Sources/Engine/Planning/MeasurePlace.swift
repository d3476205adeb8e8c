/// Where a measure's numbers stand in a row, for the loop over events; −1 where nobody asks.
struct MeasurePlace: Sendable {
    let count: Int
    let sum: Int
    let min: Int
    let max: Int
    let sketch: Int
    let squares: Int
    let first: Int
    let last: Int
    let times: Int
    /// Asked for more than sum, least, greatest and sketch.
    let isLong: Bool

    init(_ measure: CompiledQuery.Measure) {
        count = measure.count
        sum = measure.sum ?? -1
        min = measure.min ?? -1
        max = measure.max ?? -1
        sketch = measure.sketch ?? -1
        squares = measure.squares ?? -1
        first = measure.first ?? -1
        last = measure.last ?? -1
        times = measure.times ?? -1
        isLong = squares >= 0 || first >= 0 || last >= 0 || times >= 0
    }
}
