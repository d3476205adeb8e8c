import Events
import Glibc

@testable import Connectors

/// A line of a story, and when it arrived: its fields, found by their names.
struct StoryRecord {
    /// Milliseconds from the last multiple of 10 s before the story's beginning, to the end of the
    /// 100 ms in which it arrived.
    var arrival: Int64
    /// The event's time, in the same way.
    var time: Int64
    var line: [UInt8]

    func number(_ field: StaticString) -> Double? {
        guard let value = value(of: field), !value.hasPrefix("\"") else { return nil }
        return Double(value)
    }

    func text(_ field: StaticString) -> String? {
        guard let value = value(of: field), value.hasPrefix("\"") else { return nil }
        return String(value.dropFirst().dropLast())
    }

    func has(_ field: StaticString) -> Bool { value(of: field) != nil }

    /// Up to the next comma or closing brace; no value in a story has one.
    private func value(of field: StaticString) -> String? {
        let length = field.utf8CodeUnitCount
        return line.withUnsafeBytes { bytes in
            let base = bytes.baseAddress!
            var at = 0
            while let quote = memchr(base + at, 0x22, bytes.count - at) {
                at = UnsafeRawPointer(quote) - base + 1
                let colon = at + length + 1
                guard colon < bytes.count, bytes[colon - 1] == 0x22, bytes[colon] == 0x3A,
                    memcmp(base + at, field.utf8Start, length) == 0
                else { continue }
                let comma = memchr(base + colon, 0x2C, bytes.count - colon)
                var end = comma.map { UnsafeRawPointer($0) - base } ?? bytes.count
                while bytes[end - 1] == 0x7D { end -= 1 }
                return String(decoding: bytes[(colon + 1)..<end], as: UTF8.self)
            }
            return nil
        }
    }
}

/// A stretch of a story: what came for the first time, and counts of the rest.
struct ToldStory {
    private(set) var records: [StoryRecord] = []
    private(set) var damaged = 0
    private(set) var repeated = 0
    private let origin: Int64
    private var ids: Set<String> = []

    init(
        _ demo: DemoName, seed: UInt64 = 1, seconds: Int64,
        start: Timestamp = Timestamp(rawValue: 1_764_000_000_000_000_000)
    ) {
        origin = floorDiv(start.rawValue, 10_000_000_000) * 10_000
        var stream = DemoStream(demo, seed: seed, start: start)
        for slice in 1...(seconds * 10) {
            let now = start + .milliseconds(slice * 100)
            let arrival = now.rawValue / 1_000_000 - origin
            for line in lines(of: stream.next(until: now)) { add(line, arrival) }
        }
    }

    private mutating func add(_ line: [UInt8], _ arrival: Int64) {
        var record = StoryRecord(arrival: arrival, time: 0, line: line)
        guard line.count > 7, line[0] == 0x7B, line[1] == 0x22, line.last == 0x7D,
            let time = record.number("ts"), let id = record.text("id")
        else {
            damaged += 1
            return
        }
        guard ids.insert(id).inserted else {
            repeated += 1
            return
        }
        record.time = Int64(time) - origin
        records.append(record)
    }
}

private func lines(of bytes: [UInt8]) -> [[UInt8]] {
    bytes.withUnsafeBytes { buffer in
        var lines: [[UInt8]] = []
        var from = 0
        while from < buffer.count,
            let end = memchr(buffer.baseAddress! + from, 0x0A, buffer.count - from)
        {
            let newline = UnsafeRawPointer(end) - buffer.baseAddress!
            lines.append([UInt8](buffer[from..<newline]))
            from = newline + 1
        }
        return lines
    }
}
