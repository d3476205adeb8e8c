import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The lines of a group, one after another, and the records behind a chunk's header at once.
struct GroupLines {
    private static let newline = UInt8(ascii: "\n")

    private let bytes: [UInt8]
    private var start = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = endOfLine(from: start) else { return nil }
        defer { start = end + 1 }
        return bytes[start..<end]
    }

    /// The next lines as records; nil if there are fewer, and if one can't be a record.
    mutating func records(_ count: Int) -> RecordBytes? {
        guard let end = end(ofLines: count) else { return nil }
        let lines = bytes[start..<end]
        start = end
        let isPlain = lines.withUnsafeBytes { !RecordingText.hasMarkers($0) }
        if isPlain {
            return RecordBytes(capacity: lines.count) { buffer in
                buffer.copyBytes(from: lines)
                return lines.count
            }
        }
        var records: [UInt8] = []
        for line in lines.dropLast().split(
            separator: Self.newline, maxSplits: .max, omittingEmptySubsequences: false)
        {
            if line.first == UInt8(ascii: "#") {
                guard let record = RecordingText.record(from: line),
                    !record.contains(Self.newline)
                else { return nil }
                records += record
            } else {
                records += line
            }
            records.append(Self.newline)
        }
        return RecordBytes(records)
    }

    /// The next lines as the text that they hold.
    mutating func text(_ count: Int) -> String? {
        var parts: [String] = []
        while parts.count < count {
            guard let line = next(), case .text(let part)? = RecordingLine(line) else {
                return nil
            }
            parts.append(part)
        }
        return parts.joined(separator: "\n")
    }

    private func endOfLine(from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard start < bytes.count,
                let found = memchr(
                    bytes.baseAddress! + start, Int32(Self.newline), bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - bytes.baseAddress!
        }
    }

    /// Behind so many lines.
    private func end(ofLines count: Int) -> Int? {
        guard count > 0, count <= bytes.count - start else { return nil }
        return bytes.withUnsafeBytes { bytes -> Int? in
            var next = start
            for _ in 0..<count {
                guard next < bytes.count,
                    let found = memchr(
                        bytes.baseAddress! + next, Int32(Self.newline), bytes.count - next)
                else { return nil }
                next = UnsafeRawPointer(found) - bytes.baseAddress! + 1
            }
            return next
        }
    }
}
