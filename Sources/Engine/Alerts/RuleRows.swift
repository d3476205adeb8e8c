import Events

/// What a rule reads at T: a row per group, a column per reading; null is NaN.
package struct RuleRows: Hashable, Sendable {
    package private(set) var keys: [Key] = []
    /// As many as the rule has readings, each as long as `keys`.
    private(set) var columns: [[Double]]
    /// Of views: the window of the group's own row, and how many events are in it.
    private var windows: [Range<Timestamp>] = []
    private var counts: [UInt64] = []
    /// Whether anything was in reach, be it without a row.
    var isInReach = false
    /// Until when an earlier value that is asked for will be missing for want of history; nil: all
    /// that there can be is there.
    var warmingUntil: Timestamp?

    init(width: Int) { columns = Array(repeating: [], count: width) }

    /// Of values in a row.
    package var width: Int { columns.count }

    mutating func append(
        _ key: Key, _ row: [Double], window: Range<Timestamp>? = nil, count: UInt64 = 0
    ) {
        append(key, window: window, count: count)
        for (place, value) in row.enumerated() { columns[place].append(value) }
    }

    /// The columns follow. `window`, `count`: both or neither, in all rows alike.
    mutating func append(_ key: Key, window: Range<Timestamp>?, count: UInt64) {
        keys.append(key)
        guard let window else { return }
        windows.append(window)
        counts.append(count)
    }

    /// Takes the values of a reading, one for each row.
    mutating func set(_ place: Int, to values: [Double]) {
        precondition(values.count == keys.count, "a column has a value for each row")
        columns[place] = values
    }

    package subscript(row: Int) -> [Double] { columns.map { $0[row] } }

    package func window(_ row: Int) -> Range<Timestamp>? { windows.isEmpty ? nil : windows[row] }

    package func count(_ row: Int) -> UInt64 { counts.isEmpty ? 0 : counts[row] }
}

/// Rows, and where each group's is.
final class IndexedRows {
    let rows: RuleRows
    private(set) lazy var index = Dictionary(
        uniqueKeysWithValues: rows.keys.enumerated().map { ($1, $0) })

    init(_ rows: RuleRows) { self.rows = rows }
}

/// What rules of views read at one T. Those that read the same share the rows.
struct SharedRows {
    private let t: Int64
    private var all: [[ViewRows.Operand]: IndexedRows] = [:]

    init(at t: Int64) { self.t = t }

    mutating func rows(of source: ViewRows, _ views: [ViewState]) -> IndexedRows {
        if let known = all[source.operands] { return known }
        let rows = IndexedRows(source.rows(at: t, views))
        all[source.operands] = rows
        return rows
    }
}
