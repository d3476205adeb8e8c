import Events
import Glibc

/// Messages of a broker on their way to be a chunk: a record each, with consecutive offsets.
///
/// A message is one record, however many lines it has: the newlines in it become spaces, which are
/// the same to JSON. One without content is a blank line, which keeps its offset and is no record.
/// Longer ones are cut at the limit of a record.
struct MessageBatch {
    /// A chunk is handed over once it has so many bytes.
    static let fullAt = 256 << 10

    private static let newline = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")

    private(set) var firstOffset: Int64 = 0
    private(set) var lines = 0
    private(set) var bytes: [UInt8] = []

    var isEmpty: Bool { lines == 0 }
    var isFull: Bool { bytes.count >= Self.fullAt }
    var nextOffset: Int64 { firstOffset + Int64(lines) }

    /// `offset`: the next one, unless the batch is empty. `metadata`: what is put into a record
    /// that is an object, as `"name":value` without a comma.
    mutating func append(
        _ message: UnsafeRawBufferPointer, at offset: Int64, metadata: [UInt8] = []
    ) {
        if isEmpty { firstOffset = offset }
        precondition(offset == nextOffset, "the messages of a batch follow each other")
        let start = bytes.count
        let trimmed = message.withoutNewlineAtEnd
        bytes.append(contentsOf: trimmed.prefix(Chunk.recordLimit + 1))
        if !metadata.isEmpty, trimmed.count <= Chunk.recordLimit {
            splice(metadata, intoRecordAt: start)
        }
        clearNewlines(from: start)
        bytes.append(Self.newline)
        lines += 1
    }

    /// Takes what is there; the batch is empty then.
    mutating func take() -> (firstOffset: Int64, lines: Int, bytes: RecordBytes) {
        defer {
            bytes.removeAll(keepingCapacity: true)
            lines = 0
        }
        return (firstOffset, lines, RecordBytes(bytes))
    }

    /// Before the last brace of an object.
    private mutating func splice(_ metadata: [UInt8], intoRecordAt start: Int) {
        let record = bytes[start...]
        guard record.first(where: { !$0.isBlank }) == UInt8(ascii: "{"),
            let close = record.lastIndex(where: { !$0.isBlank }),
            bytes[close] == UInt8(ascii: "}")
        else { return }
        let last = record[..<close].last { !$0.isBlank }
        let comma: [UInt8] = last == UInt8(ascii: "{") ? [] : [UInt8(ascii: ",")]
        bytes.replaceSubrange(close..., with: comma + metadata + [UInt8(ascii: "}")])
    }

    private mutating func clearNewlines(from start: Int) {
        bytes.withUnsafeMutableBytes { buffer in
            var at = start
            while at < buffer.count,
                let found = memchr(
                    buffer.baseAddress! + at, Int32(Self.newline), buffer.count - at)
            {
                found.storeBytes(of: Self.space, as: UInt8.self)
                at = found - buffer.baseAddress! + 1
            }
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 32 || 9...13 ~= self }
}

extension UnsafeRawBufferPointer {
    fileprivate var withoutNewlineAtEnd: UnsafeRawBufferPointer {
        guard last == UInt8(ascii: "\n") else { return self }
        return UnsafeRawBufferPointer(rebasing: self[..<(count - 1)])
    }
}
