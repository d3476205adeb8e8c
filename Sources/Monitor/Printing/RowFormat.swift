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
