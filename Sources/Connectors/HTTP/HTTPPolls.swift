import Events

/// A document that is asked for again and again: a JSON array is a record for each of its elements,
/// any other JSON one record, anything else one for each line. One that hasn't changed since, as
/// its `ETag` says, is none.
struct HTTPPolls {
    /// The largest document, in bytes.
    static let limit = 16 << 20

    private let source: HTTPSource
    private let address: HTTPAddress
    private let client: HTTPClient
    private let interval: Nanoseconds
    private let stop: Stop
    private var version: String?
    private var next: Int64 = 0
    private var state: SourceChange.State?

    init(
        _ source: HTTPSource, _ address: HTTPAddress, _ client: HTTPClient,
        every interval: Nanoseconds, _ stop: Stop
    ) {
        (self.source, self.address, self.client) = (source, address, client)
        (self.interval, self.stop) = (interval, stop)
    }

    mutating func run(into sink: some ChunkSink) {
        var feed = MessageFeed(
            stream: source.stream, origin: Origin(source: source.name), into: sink)
        var due = Monotonic.now()
        while !sink.isStopping {
            switch poll(&feed) {
            case .failure(.stopped): return
            case .failure(let error) where source.isBounded || error.isFinal:
                return report(.failed("\(source.name): \(error)"), feed)
            case .failure(let error): report(.disconnected("\(source.name): \(error)"), feed)
            case .success where source.isBounded: return report(.ended, feed)
            case .success: break
            }
            // Never before the last one has answered.
            due = max(due + interval, Monotonic.now())
            let rest = due.rawValue - Monotonic.now().rawValue
            if stop.wait(for: Nanoseconds(rawValue: max(0, rest))) { return }
        }
    }

    private mutating func report(_ next: SourceChange.State, _ feed: MessageFeed) {
        guard next != state else { return }
        state = next
        feed.report(next)
    }

    private mutating func poll(_ feed: inout MessageFeed) -> Result<Void, HTTPError> {
        var body: [UInt8] = []
        let outcome = address.ask(client, until: stop) { request in
            request.isCompressed = true
            if let version { request.headers.append(.init("If-None-Match", version)) }
        } take: { _, bytes in
            body += bytes
            return body.count <= Self.limit
        }
        guard body.count <= Self.limit else { return .failure(.tooLarge(limit: Self.limit)) }
        return outcome.flatMap { head in
            if head.status == 304 {
                report(.opened(partitions: [0]), feed)
                return .success(())
            }
            guard head.isSuccess else { return .failure(.refused(head.words)) }
            report(.opened(partitions: [0]), feed)
            version = head["ETag"]
            return take(body, head, &feed) ? .success(()) : .failure(.stopped)
        }
    }

    /// False: stopped.
    private mutating func take(
        _ body: [UInt8], _ head: HTTPHead, _ feed: inout MessageFeed
    ) -> Bool {
        for record in JSONDocument(body, kind: head["Content-Type"]).records {
            let isOpen = body.withUnsafeBytes {
                feed.take(UnsafeRawBufferPointer(rebasing: $0[record]), at: next)
            }
            guard isOpen else { return false }
            next += 1
        }
        return feed.flush()
    }
}

/// Where in a document its records are.
struct JSONDocument {
    let records: [Range<Int>]

    /// `kind`: its `Content-Type`.
    init(_ bytes: [UInt8], kind: String?) {
        let isLines = kind.map { $0.contains("ndjson") || $0.contains("jsonl") } ?? false
        let first = bytes.firstIndex { !$0.isBlank }
        switch first.map({ bytes[$0] }) {
        case UInt8(ascii: "[")? where !isLines: records = Self.elements(of: bytes, from: first!)
        case UInt8(ascii: "{")? where !isLines && !Self.isLines(bytes):
            records = [first!..<bytes.count]
        default: records = Self.lines(of: bytes)
        }
    }

    /// Whether the first line is a whole object, and another one follows.
    private static func isLines(_ bytes: [UInt8]) -> Bool {
        var depth = Depth()
        guard let end = bytes.firstIndex(where: { depth.take($0) && depth.isOutside }) else {
            return false
        }
        return bytes[(end + 1)...].contains { $0 == UInt8(ascii: "{") }
    }

    private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
        bytes.split(separator: 0x0A).filter { $0.contains { !$0.isBlank } }.map(\.indices)
    }

    /// The elements of an array; what isn't JSON is cut somewhere, and found out later.
    private static func elements(of bytes: [UInt8], from open: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var depth = Depth()
        var start = open + 1
        func add(_ end: Int) {
            if bytes[start..<end].contains(where: { !$0.isBlank }) { found.append(start..<end) }
        }
        for i in bytes.indices[open...] {
            let isMark = depth.take(bytes[i])
            if isMark, depth.isOutside {
                add(i)
                return found
            }
            if depth.isInsideOne, bytes[i] == UInt8(ascii: ","), !depth.isText {
                add(i)
                start = i + 1
            }
        }
        add(bytes.count)
        return found
    }

    /// How many brackets are open.
    private struct Depth {
        private var depth = 0
        private(set) var isText = false
        private var isEscaped = false

        var isOutside: Bool { depth == 0 }
        var isInsideOne: Bool { depth == 1 }

        /// True for a bracket.
        mutating func take(_ byte: UInt8) -> Bool {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                return false
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: return false
            }
            return !isText
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 32 || 9...13 ~= self }
}
