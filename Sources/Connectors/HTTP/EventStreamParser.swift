import Events

/// Takes a stream of server-sent events apart, as the HTML standard says
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html): lines that end in CR, LF or
/// both, fields and comments, an event at each empty line.
///
/// However the bytes were split when they arrived. What waits is bounded: of data and of a line the
/// first `Chunk.recordLimit + 1` bytes are kept.
struct EventStreamParser {
    struct Event: Hashable {
        /// The lines of it, with newlines between them.
        var data: [UInt8]
        /// What kind it says it is; empty: none.
        var kind: [UInt8]
        /// The last one that was told; empty: none.
        var id: [UInt8]
    }

    private static let limit = Chunk.recordLimit + 1

    /// What the server is told with the next request, so that it goes on there.
    private(set) var lastID: [UInt8] = []
    /// How long the server asks to wait before that.
    private(set) var retry: Nanoseconds?

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var kind: [UInt8] = []
    private var id: [UInt8] = []
    private var hasData = false
    private var isAfterCR = false
    private var isFirst = true

    /// A connection begins: what was half an event is none.
    mutating func begin() {
        (line, data, kind, hasData) = ([], [], [], false)
        (isAfterCR, isFirst, id) = (false, true, lastID)
    }

    /// The events that are whole now.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            if isAfterCR, byte == 0x0A {
                isAfterCR = false
                continue
            }
            isAfterCR = byte == 0x0D
            if byte == 0x0A || byte == 0x0D {
                if let event = endLine() { events.append(event) }
            } else if line.count < Self.limit + 8 {
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirst = false
        guard !line.isEmpty else { return endEvent() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        var value = line.dropFirst(colon + 1)
        if value.first == 0x20 { value = value.dropFirst() }
        take(field: line[..<colon], value)
        return nil
    }

    private mutating func take(field: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        switch String(decoding: field, as: UTF8.self) {
        case "data":
            if hasData, data.count < Self.limit { data.append(0x0A) }
            hasData = true
            data += value.prefix(Self.limit - data.count)
        case "event": kind = Array(value.prefix(1024))
        case "id": if !value.contains(0) { id = Array(value.prefix(1024)) }
        case "retry":
            guard !value.isEmpty, value.allSatisfy({ 0x30...0x39 ~= $0 }),
                let milliseconds = Int64(String(decoding: value, as: UTF8.self))
            else { return }
            retry = .milliseconds(min(milliseconds, 3_600_000))
        // A comment has no name; other fields have no meaning.
        default: return
        }
    }

    /// An event without data is none, but what it says of its id counts.
    private mutating func endEvent() -> Event? {
        defer { (data, kind, hasData) = ([], [], false) }
        lastID = id
        return hasData ? Event(data: data, kind: kind, id: id) : nil
    }
}
