import ArgumentParser
import Events

struct DeadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "List the records of a recording that couldn't be used.",
        discussion: """
            With another dashboard it says which of them that one can use, and how many others it \
            can't. Status 3: not all of them, or others.

              weir dead incident.weir
              weir dead incident.weir -d mended.yaml
            """)

    @Argument(help: "A recording.")
    var file: String

    @Option(
        name: [.customShort("d"), .customLong("dashboard")],
        help: "A dashboard by which they are decoded again.")
    var dashboard: String?

    @Option(help: "table, ndjson or csv.")
    var format: RowFormat?

    func run() throws {
        let recording = try RecordedRun(file)
        let other = try dashboard.map { try RecordedRun(file, showing: readDashboard($0)) }
        var review = DeadLetterReview(recording, by: other)
        var writer = RowWriter(format ?? (Output.isTerminal ? .table : .ndjson))
        var output = Output()
        try review.run { letters throws(Ending) in
            output.add(writer.text(of: letters.map(PrintedRow.init)))
            try output.flush()
            return !output.isClosed
        }
        if output.isClosed { return }
        Output.say("\(file): \(words(review))")
        guard other == nil || (review.usable == review.letters && review.newlyDead == 0) else {
            throw Ending(.differs)
        }
    }

    private func words(_ review: DeadLetterReview) -> String {
        let found = "\(review.letters) of \(review.records) records could not be used"
        guard let dashboard else { return found }
        let others = review.newlyDead == 0 ? "" : ", and \(review.newlyDead) others can't"
        return "\(found); by \(dashboard) \(review.usable) of them can be\(others)"
    }
}

extension PrintedRow {
    /// The names are a contract.
    fileprivate init(_ found: DeadLetterReview.Letter) {
        let letter = found.letter
        self.init(
            fields: [
                ("at", .string(found.receivedAt.rfc3339)), ("stream", .string(found.stream)),
                ("source", .string(letter.origin.source)),
                ("partition", .number(Double(letter.origin.partition))),
                ("offset", .number(Double(letter.offset))),
                ("reason", .string(letter.reason.rawValue)),
                ("position", letter.position.map { .number(Double($0)) } ?? .null),
            ] + (found.now.map { [("now", .string($0.word))] } ?? [])
                + [("record", .string(String(decoding: letter.bytes, as: UTF8.self)))])
    }
}

extension DeadLetterReview.Verdict {
    fileprivate var word: String {
        switch self {
        case .usable: "usable"
        case .dead(let reason): reason.rawValue
        case .notRead: "not_read"
        }
    }
}
