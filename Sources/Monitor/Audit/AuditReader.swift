import Decoding
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Reads a trail from its beginning, checks its chain, and hands over its lines.
struct AuditReader {
    /// What is wrong, and in which line of the file, from 1.
    struct Problem {
        var line: Int
        var words: String
    }

    private(set) var problems: [Problem] = []
    /// Problems past the first twenty.
    private(set) var more = 0
    private(set) var lines = 0
    private var chain = AuditChain()
    private let path: String

    init(_ path: String) { self.path = path }

    /// `body` gets each line that is as it was written.
    mutating func read(_ body: (String) -> Void) throws(Ending) {
        guard let file = fopen(path, "re") else {
            throw Ending(.noInput, "\(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var room = 0
        defer { free(line) }
        while true {
            let count = getline(&line, &room, file)
            guard count > 0, let line else { break }
            lines += 1
            let bytes = UnsafeRawBufferPointer(start: line, count: count)
            take(bytes, body)
        }
        checkHead()
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer, _ body: (String) -> Void) {
        guard bytes.last == UInt8(ascii: "\n") else {
            return report("it was cut off while it was written")
        }
        guard let text = String(validating: bytes.dropLast(), as: UTF8.self) else {
            return report("it was changed after it was written")
        }
        let isFirst = lines == 1
        let before = chain
        switch chain.follow(text) {
        case nil: body(text)
        case .changed?: report("it was changed after it was written, or is no line of a trail")
        case .misplaced?: report("it stands here again, or in the wrong place")
        case .missing(let n)? where isFirst && isContinued(before: n):
            body(text)
        case .missing(let n)?:
            report("\(n) lines before it are missing")
            body(text)
        case .foreign?:
            report("the line before it isn't the one that it was written behind")
            body(text)
        }
    }

    /// Whether the lines before the first are those of the trail that this one goes on from.
    private func isContinued(before n: UInt64) -> Bool {
        var former = AuditReader(path + ".1")
        guard (try? former.read { _ in }) != nil else { return false }
        return former.chain.number == n && former.problems.isEmpty
    }

    private mutating func checkHead() {
        guard let head = AuditFiles(trail: path).readHead(), head.number > chain.number else {
            return
        }
        report("\(head.number - chain.number) lines behind it are missing")
    }

    private mutating func report(_ words: String) {
        if problems.count < 20 {
            problems.append(Problem(line: lines, words: words))
        } else {
            more += 1
        }
    }
}

/// The fields of a trail's lines that are printed.
struct AuditFields {
    static let names = [
        "at", "kind", "alert", "state", "of", "value", "by", "reason", "events", "snapshot",
    ]

    private var decoder = RecordDecoder(
        fields: names.map { FieldUse(path: FieldPath($0), asCode: true) }, time: .arrival)

    /// nil: the line isn't JSON.
    mutating func values(of line: String) -> [Scalar]? {
        let text = Array((line + "\n").utf8)
        let bytes = RecordBytes(capacity: text.count) { buffer in
            buffer.copyBytes(from: text)
            return text.count
        }
        let chunk = Chunk(
            stream: 0, origin: Origin(source: ""), firstOffset: 0, lines: 1, bytes: bytes)
        let batch = decoder.decode(chunk, latest: .end)
        guard batch.rowCount == 1 else { return nil }
        return batch.columns.map { $0.dictionary[Int($0.codes[0])] }
    }
}
