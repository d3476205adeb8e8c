import Events
import Glibc

/// Whole lines, each ended by a newline, and the number of the first one.
struct FramedLines {
    var firstOffset: Int64
    var lines: Int
    var bytes: RecordBytes
}

/// Cuts bytes into records at newlines, however they were split when they arrived.
///
/// Bytes are read straight into the buffer that the chunk will keep; only the part behind the last
/// newline is copied, to wait for its rest. A record longer than `Chunk.recordLimit` keeps its
/// first `recordLimit + 1` bytes, so what waits never exceeds that. A carriage return belongs to
/// its record.
struct LineFramer {
    /// The most that one `frame` reads. Not more than the limit of a record, so that only the first
    /// record of a read can be too long.
    static let roomLimit = 256 << 10

    private static let cut = Chunk.recordLimit + 1
    private static let newline = UInt8(ascii: "\n")

    /// The number of the next line.
    private(set) var nextOffset: Int64 = 0
    /// The line that has no newline yet, cut.
    private var carry: [UInt8] = []
    /// The beginning of the current line was never seen, so its rest is nothing.
    private var skipsLine: Bool

    /// `midLine`: reading begins somewhere in a line, of which nothing is to be seen.
    init(midLine: Bool = false) { skipsLine = midLine }

    /// Lets `read` write up to `room` bytes and return how many, 0 for none. nil: no line is whole.
    mutating func frame(
        room: Int, read: (UnsafeMutableRawBufferPointer) -> Int
    ) -> FramedLines? {
        precondition(room > 0 && room <= Self.roomLimit, "room for one read is 1 to 256 KiB")
        let held = carry.count
        let bytes = RecordBytes(capacity: held + room) { buffer in
            let count = read(UnsafeMutableRawBufferPointer(rebasing: buffer[held...]))
            return settle(buffer, count)
        }
        return number(bytes)
    }

    /// What is left when nothing will follow: a last line without a newline is a record too.
    mutating func finish() -> FramedLines? {
        defer { carry = [] }
        guard !carry.isEmpty else { return nil }
        carry.append(Self.newline)
        return number(RecordBytes(carry))
    }

    /// Moves the whole lines to the buffer's beginning, keeps the rest, and returns the lines'
    /// length. `count` bytes were read behind the room left for the carried part.
    private mutating func settle(_ buffer: UnsafeMutableRawBufferPointer, _ count: Int) -> Int {
        let held = carry.count
        let data = UnsafeRawBufferPointer(rebasing: buffer[held..<(held + count)])
        guard let first = data.position(ofFirst: Self.newline),
            let last = data.lastIndex(of: Self.newline)
        else {
            if !skipsLine { carry.append(contentsOf: data.prefix(Self.cut - held)) }
            return 0
        }
        let from = skipsLine ? first + 1 : first
        let to = skipsLine ? 0 : held + min(first, Self.cut - held)
        let length = last + 1 - from
        buffer.copyBytes(from: carry)
        if to != held + from {
            memmove(buffer.baseAddress! + to, data.baseAddress! + from, length)
        }
        carry.removeAll(keepingCapacity: true)
        carry.append(contentsOf: data[(last + 1)...])
        skipsLine = false
        return to + length
    }

    private mutating func number(_ bytes: RecordBytes) -> FramedLines? {
        guard bytes.count > 0 else { return nil }
        let lines = bytes.bytes.count(of: Self.newline)
        defer { nextOffset += Int64(lines) }
        return FramedLines(firstOffset: nextOffset, lines: lines, bytes: bytes)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func position(ofFirst byte: UInt8) -> Int? {
        guard let base = baseAddress, let found = memchr(base, Int32(byte), count) else {
            return nil
        }
        return UnsafeRawPointer(found) - base
    }

    /// Sixteen at a time, in lanes that hold the counts of 255 steps.
    fileprivate func count(of byte: UInt8) -> Int {
        typealias Lanes = SIMD16<UInt8>
        guard var next = baseAddress else { return 0 }
        let end = next + count
        let wanted = Lanes(repeating: byte)
        var sum = 0
        while end - next >= Lanes.scalarCount {
            var found = Lanes.zero
            for _ in 0..<Swift.min(255, (end - next) / Lanes.scalarCount) {
                // Of equal bytes all bits are ones, which is −1.
                let equal = next.loadUnaligned(as: Lanes.self) .== wanted
                found &-= unsafeBitCast(equal, to: Lanes.self)
                next += Lanes.scalarCount
            }
            for i in 0..<Lanes.scalarCount { sum += Int(found[i]) }
        }
        while next < end {
            if next.load(as: UInt8.self) == byte { sum += 1 }
            next += 1
        }
        return sum
    }
}
