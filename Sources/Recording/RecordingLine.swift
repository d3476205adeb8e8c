import Events

/// One line of a recording, without its newline.
///
/// A recording is text: inputs are lines that begin with `#`, except records, which stand verbatim
/// behind the header of their chunk, so that other programs can read them. Words are separated by
/// one space; in a name space, newline, carriage return and backslash are escaped. A line that
/// doesn't parse is damage, and nil here.
package enum RecordingLine: Hashable, Sendable {
    /// `#chunk number receivedAt source partition incarnation firstOffset count`, before as many
    /// records.
    case chunk(ChunkHeader)
    /// `#tick number at`.
    case tick(number: UInt64, at: Timestamp)
    /// `#source number receivedAt source state …`.
    case source(number: UInt64, receivedAt: Timestamp, name: String, SourceChange.State)
    /// Verbatim, or `#record …`.
    case record([UInt8])

    package var bytes: [UInt8] {
        switch self {
        case .chunk(let header): Array("#chunk \(header.text)".utf8)
        case .tick(let number, let at): Array("#tick \(number) \(at.rawValue)".utf8)
        case .source(let number, let receivedAt, let name, let state):
            Array(
                ("#source \(number) \(receivedAt.rawValue) "
                    + "\(RecordingText.escape(name)) \(state.text)").utf8)
        case .record(let record): RecordingText.line(of: record)
        }
    }

    package init?(_ line: some Collection<UInt8>) {
        guard line.first == UInt8(ascii: "#") else {
            self = .record(Array(line))
            return
        }
        if let record = RecordingText.record(from: line) {
            self = .record(record)
            return
        }
        guard let text = String(validating: line, as: UTF8.self) else { return nil }
        // By bytes: a space before a combining mark is still a space.
        let words = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { Substring($0) }
        switch words[0] {
        case "#chunk": self.init(chunk: words.dropFirst())
        case "#tick": self.init(tick: words.dropFirst())
        case "#source": self.init(source: words.dropFirst())
        default: return nil
        }
    }

    private init?(chunk words: ArraySlice<Substring>) {
        guard let header = ChunkHeader(words) else { return nil }
        self = .chunk(header)
    }

    private init?(tick words: ArraySlice<Substring>) {
        guard words.count == 2, let number = UInt64(words[1]), let at = Int64(words[2]) else {
            return nil
        }
        self = .tick(number: number, at: Timestamp(rawValue: at))
    }

    private init?(source words: ArraySlice<Substring>) {
        guard words.count >= 4, let number = UInt64(words[1]), let at = Int64(words[2]),
            let name = RecordingText.unescape(words[3]),
            let state = SourceChange.State(words.dropFirst(3))
        else { return nil }
        self = .source(
            number: number, receivedAt: Timestamp(rawValue: at), name: name, state)
    }
}

/// What a chunk's records don't say themselves.
package struct ChunkHeader: Hashable, Sendable {
    package var number: UInt64
    package var receivedAt: Timestamp
    package var origin: Origin
    package var firstOffset: Int64
    /// Lines that follow, blank ones too.
    package var count: Int

    package init(
        number: UInt64, receivedAt: Timestamp, origin: Origin, firstOffset: Int64, count: Int
    ) {
        self.number = number
        self.receivedAt = receivedAt
        self.origin = origin
        self.firstOffset = firstOffset
        self.count = count
    }

    fileprivate var text: String {
        "\(number) \(receivedAt.rawValue) \(RecordingText.escape(origin.source)) "
            + "\(origin.partition) \(origin.incarnation) \(firstOffset) \(count)"
    }

    fileprivate init?(_ words: ArraySlice<Substring>) {
        let words = Array(words)
        guard words.count == 7, let number = UInt64(words[0]), let receivedAt = Int64(words[1]),
            let source = RecordingText.unescape(words[2]), let partition = Int(words[3]),
            let incarnation = Int(words[4]), let firstOffset = Int64(words[5]),
            let count = Int(words[6]), count >= 0
        else { return nil }
        self.init(
            number: number, receivedAt: Timestamp(rawValue: receivedAt),
            origin: Origin(source: source, partition: partition, incarnation: incarnation),
            firstOffset: firstOffset, count: count)
    }
}

extension SourceChange.State {
    fileprivate var text: String {
        switch self {
        case .opened(let partitions):
            (["opened"] + partitions.map(String.init)).joined(separator: " ")
        case .disconnected(let reason): "disconnected \(RecordingText.escape(reason))"
        case .hungUp(let partition): "hung-up \(partition)"
        case .ended: "ended"
        case .failed(let reason): "failed \(RecordingText.escape(reason))"
        }
    }

    fileprivate init?(_ words: ArraySlice<Substring>) {
        let rest = words.dropFirst()
        switch words.first {
        case "opened":
            let partitions = rest.compactMap { Int($0) }
            guard partitions.count == rest.count else { return nil }
            self = .opened(partitions: partitions)
        case "hung-up" where rest.count == 1:
            guard let partition = Int(rest.first!) else { return nil }
            self = .hungUp(partition: partition)
        case "ended" where rest.isEmpty: self = .ended
        case "disconnected" where rest.count == 1:
            guard let reason = RecordingText.unescape(rest.first!) else { return nil }
            self = .disconnected(reason)
        case "failed" where rest.count == 1:
            guard let reason = RecordingText.unescape(rest.first!) else { return nil }
            self = .failed(reason)
        default: return nil
        }
    }
}
