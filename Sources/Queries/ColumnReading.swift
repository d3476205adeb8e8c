import Events

/// A view's column as a rule reads it: as it is, as it was some time before, or by how much it is
/// not what it usually is.
package struct ColumnReading: Hashable, Sendable {
    package enum Manner: Hashable, Sendable {
        /// `heat.temp`
        case now
        /// `heat.temp 10m ago`: of the same view's pane that much earlier.
        case ago(Nanoseconds)
        /// `anomaly(heat.temp, 1h)`: in standard deviations from the mean, both of which forget
        /// half of what they know in `halfLife`.
        case anomaly(halfLife: Nanoseconds)
    }

    /// Of an `anomaly` that names no half-life.
    package static let usualHalfLife = Nanoseconds.seconds(3600)

    package var column: FieldPath
    package var manner: Manner

    package init(_ column: FieldPath, _ manner: Manner = .now) {
        self.column = column
        self.manner = manner
    }

    /// As it is written in a condition.
    package var written: String {
        switch manner {
        case .now: column.written
        case .ago(let time): "\(column.written) \(durationText(time)) ago"
        case .anomaly(let halfLife): "anomaly(\(column.written), \(durationText(halfLife)))"
        }
    }
}

extension Expression {
    /// The comparison that comes first in the text.
    package var firstComparison: Expression? {
        switch self {
        case .binary(.and, let a, let b), .binary(.or, let a, let b):
            a.firstComparison ?? b.firstComparison
        case .binary(let op, _, _) where op.isComparison: self
        case .not(let inner): inner.firstComparison
        default: nil
        }
    }

    /// What it reads of views, each once, in the order of the text.
    package var readings: [ColumnReading] {
        var readings: [ColumnReading] = []
        collectReadings(into: &readings)
        return readings
    }

    private func collectReadings(into readings: inout [ColumnReading]) {
        switch self {
        case .literal: break
        case .field(let path), .exists(let path): readings.add(ColumnReading(path))
        case .reading(let reading): readings.add(reading)
        case .not(let inner), .negate(let inner), .isIn(let inner, _), .matches(let inner, _):
            inner.collectReadings(into: &readings)
        case .binary(_, let a, let b):
            a.collectReadings(into: &readings)
            b.collectReadings(into: &readings)
        case .call(_, let arguments):
            for argument in arguments { argument.collectReadings(into: &readings) }
        }
    }
}

extension [ColumnReading] {
    fileprivate mutating func add(_ reading: ColumnReading) {
        if !contains(reading) { append(reading) }
    }
}
