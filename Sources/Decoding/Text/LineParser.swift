import CSimdjson
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A format whose records are lines of text, and whose values are what the text looks like.
protocol LineFormat {
    /// A path is asked for: its cell is the next one.
    mutating func add(_ path: FieldPath)

    /// The input of this origin begins, or goes on.
    mutating func begin(_ origin: Origin, atStart: Bool)

    /// Fills the cells of a line that isn't blank and is valid UTF-8; nil: it is no record.
    mutating func read(
        _ line: UnsafeRawBufferPointer, into cells: UnsafeMutablePointer<JSONCell>,
        _ texts: inout UnescapedTexts
    ) -> JSONStatus?
}

/// Takes apart records that are lines of text, into the same cells as those of JSON.
final class LineParser<Format: LineFormat>: RecordParser {
    private var format: Format
    private var paths: [FieldPath] = []
    private var records: UnsafeMutableBufferPointer<JSONRecord> = .allocate(capacity: 0)
    private var cells: UnsafeMutableBufferPointer<JSONCell> = .allocate(capacity: 0)
    private var texts = UnescapedTexts()

    init(_ format: Format) { self.format = format }

    deinit {
        records.deallocate()
        cells.deallocate()
        texts.clear()
    }

    func cell(for path: FieldPath) -> Int {
        if let known = paths.firstIndex(of: path) { return known }
        paths.append(path)
        format.add(path)
        return paths.count - 1
    }

    func parse(_ bytes: RecordBytes, from origin: Origin, atStart: Bool) -> JSONTable {
        texts.clear()
        format.begin(origin, atStart: atStart)
        let content = bytes.content(atStart: atStart)
        makeRoom(for: content.count { $0 == UInt8(ascii: "\n") } + 1)
        var (count, lineNumber, start) = (0, UInt32(0), 0)
        while start < content.count {
            let end = newline(in: content, from: start)
            var line = UnsafeRawBufferPointer(rebasing: content[start..<end])
            if line.last == UInt8(ascii: "\r") { line = .init(rebasing: line.dropLast()) }
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

    private func makeRoom(for lines: Int) {
        guard lines > records.count || lines * paths.count > cells.count else { return }
        records.deallocate()
        cells.deallocate()
        records = .allocate(capacity: lines * 2)
        records.initialize(repeating: JSONRecord())
        cells = .allocate(capacity: lines * 2 * max(1, paths.count))
        cells.initialize(repeating: JSONCell())
    }

    /// Whether the line is a record.
    private func read(_ line: UnsafeRawBufferPointer, number: UInt32, into index: Int) -> Bool {
        guard line.contains(where: { $0 > 0x20 }) else { return false }
        let first = cells.baseAddress! + index * paths.count
        for i in 0..<paths.count { first[i] = JSONCell() }
        let status: JSONStatus
        if line.count > Chunk.recordLimit {
            status = .tooLong
        } else if !line.isUTF8 {
            status = .notUTF8
        } else if let read = format.read(line, into: first, &texts) {
            status = read
        } else {
            return false
        }
        records[index] = JSONRecord(
            start: line.baseAddress!.assumingMemoryBound(to: CChar.self),
            length: UInt32(line.count), line: number, position: -1, status: status)
        return true
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
