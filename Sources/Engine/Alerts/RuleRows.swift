import Events

/// What a rule reads at T: a row per group, a value per reading; null is NaN.
package struct RuleRows: Hashable, Sendable {
    /// Of values in a row: as many as the rule has readings.
    package let width: Int
    package private(set) var keys: [Key] = []
    private var values: [Double] = []
    /// Of views: the window of the group's own row, and how many events are in it.
    private var windows: [Range<Timestamp>] = []
    private var counts: [UInt64] = []
    /// Whether anything was in reach, be it without a row.
    var isInReach = false
    /// Until when an earlier value that is asked for will be missing for want of history; nil: all
    /// that there can be is there.
    var warmingUntil: Timestamp?

    init(width: Int) { self.width = width }

    /// `window`, `count`: both or neither, in all rows alike.
    mutating func append(
        _ key: Key, _ row: [Double], window: Range<Timestamp>? = nil, count: UInt64 = 0
    ) {
        keys.append(key)
        values += row
        guard let window else { return }
        windows.append(window)
        counts.append(count)
    }

    package subscript(row: Int) -> [Double] {
        get { Array(values[row * width..<(row + 1) * width]) }
        set { values.replaceSubrange(row * width..<(row + 1) * width, with: newValue) }
    }

    package func window(_ row: Int) -> Range<Timestamp>? { windows.isEmpty ? nil : windows[row] }

    package func count(_ row: Int) -> UInt64 { counts.isEmpty ? 0 : counts[row] }
}
