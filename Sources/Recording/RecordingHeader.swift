import Events

/// What a recording is of: written before its first input.
package struct RecordingHeader: Hashable, Sendable {
    /// The first line.
    package struct Title: Hashable, Sendable {
        package var format: Int
        /// The version of the program that wrote it.
        package var program: String
        package var startedAt: Timestamp
        /// The version of the hashes in it; those of another can't be compared.
        package var digest: Int

        package init(format: Int, program: String, startedAt: Timestamp, digest: Int) {
            self.format = format
            self.program = program
            self.startedAt = startedAt
            self.digest = digest
        }
    }

    /// This version of the format; a reader reads it and those before.
    package static let format = 1

    package var title: Title
    /// Streams whose sources end by themselves.
    package var bounded: [Int]
    /// Event times that are in views.
    package var span: Range<Int64>
    /// Where it was cut out of a longer one; nil: it begins at the beginning.
    package var cut: (number: UInt64, at: Timestamp)? {
        get { cutPlace.map { ($0.number, $0.at) } }
        set { cutPlace = newValue.map { CutPlace(number: $0.number, at: $0.at) } }
    }
    /// The dashboard as text.
    package var dashboard: String
    private var cutPlace: CutPlace?

    private struct CutPlace: Hashable {
        var number: UInt64
        var at: Timestamp
    }

    package init(
        program: String, startedAt: Timestamp, digest: Int, bounded: [Int] = [],
        span: Range<Int64> = .min ..< .max, dashboard: String
    ) {
        self.init(
            Title(
                format: Self.format, program: program, startedAt: startedAt, digest: digest),
            dashboard: dashboard)
        self.bounded = bounded
        self.span = span
    }

    init(_ title: Title, dashboard: String) {
        self.title = title
        bounded = []
        span = .min ..< .max
        self.dashboard = dashboard
    }

    /// The lines of a file's first group.
    var lines: [RecordingLine] {
        var lines = [RecordingLine.weir(title)]
        if !bounded.isEmpty { lines.append(.bounded(bounded)) }
        if span != .min ..< .max { lines.append(.span(span)) }
        if let cut { lines.append(.cut(number: cut.number, at: cut.at)) }
        return lines
            + RecordingLine.dashboard(
                dashboard, number: 0, receivedAt: title.startedAt, plan: 0)
    }
}

extension RecordingLine {
    /// A dashboard's header and its text.
    package static func dashboard(
        _ text: String, number: UInt64, receivedAt: Timestamp, plan: Int
    ) -> [RecordingLine] {
        // By scalars: a carriage return before a newline is a character with it.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0) }
        return [
            .dashboard(number: number, receivedAt: receivedAt, plan: plan, lines: lines.count)
        ] + lines.map { .text($0) }
    }
}
