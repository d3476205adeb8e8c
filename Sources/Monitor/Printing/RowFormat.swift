import Events
import ArgumentParser

/// The forms in which rows are printed.
enum RowFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table, ndjson, csv
}

/// How times are printed.
enum TimesFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case rfc3339
    case epochMs = "epoch-ms"
}

extension TimesFormat {
    /// What has no bound, like the window of a view without windows, has no time to name.
    func value(of instant: Timestamp) -> Scalar {
        guard instant != .beginning, instant != .end else { return .null }
        return switch self {
        case .rfc3339: .string(instant.rfc3339)
        case .epochMs: .number(Double(floorDiv(instant.rawValue, 1_000_000)))
        }
    }
}

extension TimesFormat {
    /// `start/end`, as ISO 8601 writes an interval.
    func text(_ window: Range<Timestamp>) -> String {
        "\(value(of: window.lowerBound))/\(value(of: window.upperBound))"
    }
}
