import Events

/// What a rule reads at T: a row per group, a value per reading; null is NaN.
struct RuleRows {
    let width: Int
    private(set) var keys: [Key] = []
    private var values: [Double] = []
    /// Whether anything was in reach, be it without a row.
    var isInReach = false
    /// Until when an earlier value that is asked for will be missing for want of history; nil: all
    /// that there can be is there.
    var warmingUntil: Timestamp?

    init(width: Int) { self.width = width }

    mutating func append(_ key: Key, _ row: [Double]) {
        keys.append(key)
        values += row
    }

    subscript(row: Int) -> [Double] { Array(values[row * width..<(row + 1) * width]) }
}
