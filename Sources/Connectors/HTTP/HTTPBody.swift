import Events

/// The bodies of one answer after the other, as records: lines, or server-sent events, as the
/// answer says.
struct HTTPBody {
    /// A file that is followed is looked at so often.
    static let followInterval = Nanoseconds.seconds(1)
    /// A server that says nothing for longer won't.
    static let boundedSilence = Nanoseconds.seconds(60)

    private let source: String
    private let stream: Int
    private let metadata: String?
    private var lines: RecordFeed
    private var messages: MessageFeed
    private var parser = EventStreamParser()
    private var nextEvent: Int64 = 0
    private var isEventStream = false
    private var state: SourceChange.State?
    /// Bytes of the file that were read, and what tells it from another of its name.
    private var read: Int64 = 0
    private var version: String?
    private var isRanged = false
    /// Of this answer.
    private var hasBegun = false
    private(set) var hasTaken = false
    private var isStopped = false

    init(_ source: HTTPSource, _ settings: SourceSettings, _ sink: some ChunkSink) {
        (self.source, stream) = (source.name, source.stream)
        metadata = settings.text(.metadata)
        lines = RecordFeed(source, into: sink)
        messages = MessageFeed(
            stream: source.stream, origin: Origin(source: source.name), into: sink)
    }

    /// What the next request says of what came before.
    var headers: [HTTPRequest.Header] {
        if isEventStream, !parser.lastID.isEmpty {
            return [.init("Last-Event-ID", String(decoding: parser.lastID, as: UTF8.self))]
        }
        guard isRanged else { return [] }
        return [.init("Range", "bytes=\(read)-")] + (version.map { [.init("If-Range", $0)] } ?? [])
    }

    /// How long the server asks to wait.
    var retry: Nanoseconds? { isEventStream ? parser.retry : nil }

    mutating func beginAnswer() { (hasBegun, hasTaken) = (false, false) }

    /// False: stopped.
    mutating func take(_ head: HTTPHead, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard head.isSuccess else { return true }
        if !hasBegun, !begin(head) { return false }
        hasTaken = hasTaken || !bytes.isEmpty
        if isEventStream { return takeEvents(bytes) }
        read += Int64(bytes.count)
        return lines.take(Array(bytes))
    }

    private mutating func begin(_ head: HTTPHead) -> Bool {
        hasBegun = true
        let kind = head["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        isEventStream = kind == "text/event-stream"
        // Not what was asked for: it begins anew.
        if isRanged, head.status != 206 {
            (read, isRanged) = (0, false)
            guard lines.beginIncarnation() else { return false }
        }
        if head["Accept-Ranges"] == "bytes" || head.status == 206, head["Content-Encoding"] == nil {
            version =
                head["ETag"].flatMap { $0.hasPrefix("W/") ? nil : $0 } ?? head["Last-Modified"]
            isRanged = version != nil && !isEventStream
        }
        if isEventStream { parser.begin() }
        report(.opened(partitions: [0]))
        return true
    }

    private mutating func takeEvents(_ bytes: UnsafeRawBufferPointer) -> Bool {
        for event in parser.take(bytes) {
            let knowledge = knowledge(of: event)
            let isOpen = event.data.withUnsafeBytes {
                messages.take($0, at: nextEvent, metadata: knowledge)
            }
            guard isOpen else { return false }
            nextEvent += 1
        }
        return messages.flush()
    }

    /// `"http":{"event":"order","id":"17"}`
    private func knowledge(of event: EventStreamParser.Event) -> [UInt8] {
        guard let metadata else { return [] }
        var json = JSONWriter()
        json.append(metadata)
        json.append(raw: ":{\"event\":")
        event.kind.withUnsafeBytes { json.append(string: $0) }
        json.append(raw: ",\"id\":")
        event.id.withUnsafeBytes { json.append(string: $0) }
        json.append(raw: "}")
        return json.bytes
    }

    // MARK: Between answers

    /// What came of it is handed over.
    mutating func finishAnswer() { if isEventStream { isStopped = !messages.flush() } }

    /// Whether the file can be asked for what comes behind its end.
    mutating func isFollowing(_ head: HTTPHead) -> Bool {
        guard isRanged, head.isSuccess || head.status == 416 else { return false }
        guard head.status == 416, let size = Self.size(head["Content-Range"]), size < read else {
            return true
        }
        // Shorter than before: another file of that name.
        (read, isRanged) = (0, false)
        return lines.beginIncarnation()
    }

    /// `bytes */1234`
    private static func size(_ range: String?) -> Int64? {
        range?.split(separator: "/").last.flatMap { Int64($0) }
    }

    /// The next answer begins something new, unless it is events, which go on. False: stopped.
    mutating func beginAnew() -> Bool {
        guard !isStopped else { return false }
        guard !isEventStream, read > 0, !isRanged else { return true }
        read = 0
        return lines.beginIncarnation()
    }

    mutating func report(_ next: SourceChange.State) {
        guard next != state else { return }
        state = next
        lines.report(next)
    }

    mutating func fail(_ reason: String) {
        _ = lines.finish()
        report(.failed(reason))
    }

    /// The end of what is read once.
    mutating func conclude(_ head: HTTPHead) {
        guard head.isSuccess else { return fail("\(source): \(head.words)") }
        report(.opened(partitions: [0]))
        if lines.finish(), !isStopped { report(.ended) }
    }
}
