import CSimdjson
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A format whose records are lines of text, and whose values are what the text looks like.
protocol LineFormat {
    /// Another one that has learned what this one has, and shares nothing with it.
    func fork() -> Self

    /// A path is asked for: its cell is the next one.
    mutating func add(_ path: FieldPath)

    /// The lines that come next are those of this chunk.
    mutating func begin(_ chunk: Chunk)

    /// Fills the cells of a line that isn't blank and is valid UTF-8.
    mutating func read(
        _ line: UnsafeRawBufferPointer, into cells: UnsafeMutablePointer<JSONCell>,
        _ texts: inout UnescapedTexts
    ) -> LineReading
}

extension LineFormat {
    func fork() -> Self { self }
}

/// What became of a line.
enum LineReading {
    case record
    /// A line that says something about the others.
    case noRecord
    /// A dead letter; `at`: the byte at which reading stopped, where that is known.
    case refused(DeadLetter.Reason, at: Int?)
}

/// Takes apart records that are lines of text, into the same cells as those of JSON.
final class LineParser<Format: LineFormat>: RecordParser {
    private var format: Format
    private var paths: [FieldPath] = []
    private var records: UnsafeMutableBufferPointer<JSONRecord> = .allocate(capacity: 0)
    private var cells: UnsafeMutableBufferPointer<JSONCell> = .allocate(capacity: 0)
    private var texts = UnescapedTexts()
    /// Of the records that can't be read for another reason than that they are malformed.
    private var reasons: [Int: DeadLetter.Reason] = [:]

    init(_ format: Format) { self.format = format }

    deinit {
        records.deallocate()
        cells.deallocate()
        texts.clear()
    }

    func fork() -> any RecordParser {
        let fork = LineParser(format.fork())
        fork.paths = paths
        return fork
    }

    func cell(for path: FieldPath) -> Int {
        if let known = paths.firstIndex(of: path) { return known }
        paths.append(path)
        format.add(path)
        return paths.count - 1
    }

    func reason(of record: Int) -> DeadLetter.Reason? { reasons[record] }

    func parse(_ chunk: Chunk) -> JSONTable {
        texts.clear()
        reasons.removeAll(keepingCapacity: true)
        format.begin(chunk)
        let content = chunk.content
        var (count, lineNumber, start) = (0, UInt32(0), 0)
        while start < content.count {
            let end = newline(in: content, from: start)
            var line = UnsafeRawBufferPointer(rebasing: content[start..<end])
            if line.last == UInt8(ascii: "\r") { line = .init(rebasing: line.dropLast()) }
            if !hasRoom(for: count) { grow(keeping: count) }
            if read(line, number: lineNumber, into: count) { count += 1 }
            start = end + 1
            lineNumber += 1
        }
        return JSONTable(
            records: records.baseAddress, count: count, cells: cells.baseAddress,
            width: paths.count)
    }

    private func newline(in content: UnsafeRawBufferPointer, from start: Int) -> Int {
        let base = content.baseAddress!
        guard let found = memchr(base + start, 0x0A, content.count - start) else {
            return content.count
        }
        return UnsafeRawPointer(found) - base
    }

    private func hasRoom(for index: Int) -> Bool {
        index < records.count && (index + 1) * paths.count <= cells.count
    }

    /// Room grows with the records that there are, not with lines, which cost a sender one byte.
    private func grow(keeping count: Int) {
        let room = max(1024, count * 2)
        records.grow(to: room, keeping: count, JSONRecord())
        cells.grow(to: room * max(1, paths.count), keeping: count * paths.count, JSONCell())
    }

    /// Whether the line is a record.
    private func read(_ line: UnsafeRawBufferPointer, number: UInt32, into index: Int) -> Bool {
        guard line.contains(where: { $0 > 0x20 }) else { return false }
        let first = cells.baseAddress! + index * paths.count
        for i in 0..<paths.count { first[i] = JSONCell() }
        var record = JSONRecord(
            start: line.baseAddress!.assumingMemoryBound(to: CChar.self),
            length: UInt32(line.count), line: number, position: -1, status: .good)
        switch reading(of: line, into: first) {
        case .record: break
        case .noRecord: return false
        case .refused(let reason, let place):
            record.status = .malformed
            record.position = Int32(place ?? -1)
            if reason != .malformed { reasons[index] = reason }
        }
        records[index] = record
        return true
    }

    private func reading(
        of line: UnsafeRawBufferPointer, into cells: UnsafeMutablePointer<JSONCell>
    ) -> LineReading {
        if line.count > Chunk.recordLimit { return .refused(.tooLong, at: nil) }
        if !line.isUTF8 { return .refused(.notUTF8, at: nil) }
        return format.read(line, into: cells, &texts)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var isUTF8: Bool {
        if allSatisfy({ $0 < 0x80 }) { return true }
        return String(validating: self, as: UTF8.self) != nil
    }
}

/// Texts of a chunk that are not as they stand in it, because they had escapes. Followed by bytes
/// that may be read, like those of a chunk.
struct UnescapedTexts {
    private var blocks: [UnsafeMutableRawPointer] = []

    mutating func add(_ text: [UInt8]) -> UnsafeRawBufferPointer {
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: text.count + RecordBytes.padding, alignment: 8)
        text.withUnsafeBytes {
            block.copyMemory(from: $0.baseAddress ?? .init(block), byteCount: text.count)
        }
        memset(block + text.count, 0, RecordBytes.padding)
        blocks.append(block)
        return UnsafeRawBufferPointer(start: block, count: text.count)
    }

    mutating func clear() {
        for block in blocks { block.deallocate() }
        blocks.removeAll(keepingCapacity: true)
    }
}
