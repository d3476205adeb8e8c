/// A piece of code that doesn't stand in the repository, or only in some places.
struct Ban: Sendable {
    let text: String
    let reason: String
    let holds: @Sendable (SourceFile) -> Bool
    /// In comments and literals too.
    var everywhere = false

    init(
        _ text: String, _ reason: String, everywhere: Bool = false,
        where holds: @escaping @Sendable (SourceFile) -> Bool = { _ in true }
    ) {
        self.text = text
        self.reason = reason
        self.everywhere = everywhere
        self.holds = holds
    }

    func found(in file: SourceFile) -> [String] {
        guard holds(file), file.text.contains(text) else { return [] }
        return (everywhere ? file.lines : file.codeLines).enumerated()
            .filter { stands(in: $1) }
            .map { i, _ in "\(file.path):\(i + 1): `\(text)`: \(reason)" }
    }

    /// Whether it stands there as a word of its own: `readDate(` isn't `Date(`, and neither a
    /// member's call nor its declaration is one of the global function.
    private func stands(in line: Substring) -> Bool {
        let bytes = Array(line.utf8)
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { i in
            bytes[i...].starts(with: wanted) && isOwnWord(bytes, at: i)
        }
    }

    private func isOwnWord(_ bytes: [UInt8], at i: Int) -> Bool {
        guard let first = text.utf8.first, isWord(first), i > 0 else { return true }
        if isWord(bytes[i - 1]) || bytes[i - 1] == UInt8(ascii: ".") { return false }
        return !bytes[..<i].suffix(5).elementsEqual("func ".utf8)
    }
}

extension Rules {
    static func calls(_ file: SourceFile) -> [String] {
        bans.flatMap { $0.found(in: file) }
    }

    static let bans: [Ban] = [
        Ban("Date(", "processing time is stamped by the queue, and by nobody else"),
        Ban("try!", "an error has a way to go"),
        Ban("fatalError(", "a programmer's error is a precondition with a sentence"),
        Ban("Task {", "threads are started by Connectors and Monitor") {
            $0.isSource && !["Connectors", "Monitor"].contains($0.room)
        },
        Ban("print(", "stdout is for data, which the commands print") {
            $0.isSource && !$0.path.hasPrefix("Sources/Monitor/Commands/")
        },
        Ban("@unchecked Sendable", "let the compiler check it") { !unchecked.contains($0.path) },
        Ban("TO" + "DO", "do it, or leave it", everywhere: true),
        Ban("FIX" + "ME", "do it, or leave it", everywhere: true),
        Ban("Task.sleep", "wait for a number or a predicate", where: \.isTest),
        Ban("Thread.sleep", "wait for a number or a predicate", where: \.isTest),
        Ban("usleep(", "wait for a number or a predicate", where: \.isTest),
        Ban(".disabled(", "a test that doesn't run tests nothing", where: \.isTest),
    ]

    /// Each with its reason in its comment.
    private static let unchecked: Set = [
        "Sources/Events/RecordBytes.swift", "Sources/Monitor/DecoderState.swift",
        "Sources/Monitor/Exchange.swift",
    ]
}
