import Configuration
import Engine
import Events

/// What a view says of each window and key, as it is known at last.
struct WindowTable {
    /// A window and a key, whose values are as people read them: `1` is the same as a text and as a
    /// number.
    struct Place: Hashable, Sendable {
        var start: Timestamp
        var key: [String]
    }

    struct Row: Sendable {
        /// nil: it isn't told.
        var end: Timestamp?
        /// In the order of the view's columns; NaN is null.
        var values: [Double]
    }

    /// More rows are refused: they are held in memory.
    static let limit = 2_000_000

    private(set) var rows: [Place: Row] = [:]

    /// False where there is no room for another row.
    mutating func set(_ row: Row, at place: Place) -> Bool {
        rows[place] = row
        return rows.count <= Self.limit
    }

    /// Takes what a window said; the last word counts. False as above.
    mutating func take(_ fired: FiredPane) -> Bool {
        let pane = fired.pane
        guard pane.kind != .early else { return true }
        for (row, slot) in pane.slots.enumerated() {
            guard let key = fired.keys[Int(slot)] else { continue }
            let texts = key.values.map(\.cellText)
            for window in pane.replaces {
                rows[Place(start: window.lowerBound, key: texts)] = nil
            }
            let place = Place(start: pane.start, key: texts)
            guard pane.counts[row] > 0 else {
                rows[place] = nil
                continue
            }
            let values = pane.values.map { $0[row] }
            guard set(Row(end: pane.end, values: values), at: place) else { return false }
        }
        return true
    }
}

extension Scalar {
    /// Null is the same as an empty text, which is all that CSV has for it.
    var cellText: String { self == .null ? "" : description }
}
