import CSimdjson
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Records of JSON, by the layouts that have been learned, and else by simdjson.
final class JSONRecordParser: RecordParser {
    /// Objects and arrays inside each other, the record itself counted.
    static let depthLimit: Int32 = 64

    private let parser: OpaquePointer
    /// As they were asked for.
    private var paths: [FieldPath] = []
    private var cellOfPath: [PathBytes: Int32] = [:]
    /// Made with the first chunk: then all paths are known.
    private var layouts: JSONLayouts?
    private var records: UnsafeMutableBufferPointer<JSONRecord> = .allocate(capacity: 0)
    private var cells: UnsafeMutableBufferPointer<JSONCell> = .allocate(capacity: 0)
    private let powers = PowersOfTen()

    init() {
        parser = json_parser_make(Chunk.recordLimit, Self.depthLimit)
    }

    deinit {
        json_parser_free(parser)
        records.deallocate()
        cells.deallocate()
        powers.deallocate()
    }

    /// Layouts are learned anew; the paths are asked for again in the order of their cells.
    func fork() -> any RecordParser {
        let fork = JSONRecordParser()
        for path in paths { _ = fork.cell(for: path) }
        return fork
    }

    func cell(for path: FieldPath) -> Int {
        var node: Int32 = 0
        for step in path.steps {
            switch step {
            case .index(let i):
                precondition(i >= 0, "an index in a path counts from 0")
                node = json_parser_index(parser, node, i)
            case .name(var name):
                node = name.withUTF8 { utf8 in
                    utf8.withMemoryRebound(to: CChar.self) {
                        json_parser_name(parser, node, $0.baseAddress, $0.count)
                    }
                }
            }
        }
        let cell = json_parser_cell(parser, node)
        paths.append(path)
        cellOfPath[PathBytes(path)] = cell
        layouts = nil
        return Int(cell)
    }

    /// Whether any layout is known.
    var hasLearned: Bool { layouts?.current != nil }

    func parse(_ chunk: Chunk) -> JSONTable {
        let content = chunk.content
        let width = json_parser_width(parser)
        var table = JSONTable(
            records: records.baseAddress, count: 0, cells: cells.baseAddress, width: width)
        guard let first = content.baseAddress else { return table }
        json_parser_begin(parser, content.count)
        var layouts = layouts ?? JSONLayouts(cells: cellOfPath, width: width)
        // What is changed in place must not be held twice.
        self.layouts = nil
        let end = first + content.count
        var (start, count, line) = (first, 0, UInt32(0))
        while start < end {
            if count == records.count { grow(width) }
            let row = cells.baseAddress! + count * width
            if let next = fitted(start, end, line, count, row, &layouts) {
                count += 1
                start = next
            } else {
                let stop = memchr(start, 0x0A, end - start).map { UnsafeRawPointer($0) + 1 } ?? end
                if read(start, stop, line, count, row, &layouts) { count += 1 }
                start = stop
            }
            line += 1
        }
        self.layouts = layouts
        table.records = UnsafePointer(records.baseAddress)
        table.cells = UnsafePointer(cells.baseAddress)
        table.count = count
        return table
    }

    /// By a layout; the start of the next line, nil if none fits.
    @inline(__always)
    private func fitted(
        _ start: UnsafeRawPointer, _ end: UnsafeRawPointer, _ line: UInt32, _ index: Int,
        _ row: UnsafeMutablePointer<JSONCell>, _ layouts: inout JSONLayouts
    ) -> UnsafeRawPointer? {
        var wide: UInt32 = 0
        guard let layout = layouts.current else { return nil }
        var found = layout.match(start, row, &wide, powers)
        if found == nil { found = layouts.matchOther(start, row, &wide, powers) }
        guard let next = found, next <= end else { return nil }
        let length = next - start - layouts.current.unsafelyUnwrapped.lineEnd
        guard length <= Chunk.recordLimit else { return nil }
        let text = start.assumingMemoryBound(to: CChar.self)
        if wide != 0, !json_is_utf8(text, length) { return nil }
        records[index] = JSONRecord(
            start: text, length: UInt32(truncatingIfNeeded: length), line: line, position: -1,
            status: .good)
        return next
    }

    /// By the general parser. False: the line is blank.
    @inline(never)
    private func read(
        _ start: UnsafeRawPointer, _ stop: UnsafeRawPointer, _ line: UInt32, _ index: Int,
        _ row: UnsafeMutablePointer<JSONCell>, _ layouts: inout JSONLayouts
    ) -> Bool {
        let whole = UnsafeRawBufferPointer(start: start, count: stop - start)
        var length = whole.count
        if length > 0, whole[length - 1] == UInt8(ascii: "\n") { length -= 1 }
        if length > 0, whole[length - 1] == UInt8(ascii: "\r") { length -= 1 }
        let content = UnsafeRawBufferPointer(rebasing: whole[..<length])
        if content.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return false }
        let text = start.assumingMemoryBound(to: CChar.self)
        records[index] = json_parser_record(parser, text, length, line, row)
        if records[index].status == .good { layouts.learn(whole) }
        return true
    }

    private func grow(_ width: Int) {
        let room = max(1024, records.count * 2)
        let kept = min(records.count * width, cells.count)
        records.grow(to: room, keeping: records.count, JSONRecord())
        cells.grow(to: room * max(1, width), keeping: kept, JSONCell())
    }
}
