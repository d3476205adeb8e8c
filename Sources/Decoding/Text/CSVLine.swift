import CSimdjson
import Events

/// Comma-separated values, after RFC 4180, but for line breaks inside quotes: a record is a line.
///
/// The first line of an input is its header, which names the columns and shows the separator: the
/// one of comma, semicolon, tab and bar that it has most of. A line that repeats the header is none
/// of the records. Blanks around a value that isn't quoted are not part of it. A record may have
/// fewer values than the header has names, and no more.
struct CSVLine: LineFormat {
    /// Partitions whose headers are kept.
    static let headerLimit = 10_000

    private struct Header {
        /// The life of the partition that began with it.
        var incarnation: Int
        var line: [UInt8]
        var separator: UInt8
        /// Of each column: the cell it goes to; -1: nobody asked.
        var cells: [Int]
    }

    private var names: [String] = []
    /// Of each partition the last one, by an origin whose incarnation doesn't count: connections
    /// come and go, and those before don't come back.
    private var headers: [Origin: Header] = [:]
    private var origin = Origin(source: "")
    private var header: Header?

    mutating func add(_ path: FieldPath) {
        names.append(path.name)
        for (origin, known) in headers { headers[origin]!.cells = cells(of: known) }
    }

    /// Where the values of a header's columns go now.
    private func cells(of header: Header) -> [Int] {
        var texts = UnescapedTexts()
        defer { texts.clear() }
        return header.line.withUnsafeBytes {
            cells(of: $0, header.separator, &texts) ?? header.cells
        }
    }

    /// The same of the line of a header; nil if it can't be one.
    private func cells(
        of line: UnsafeRawBufferPointer, _ separator: UInt8, _ texts: inout UnescapedTexts
    ) -> [Int]? {
        var cells: [Int] = []
        let isSound = Self.eachValue(of: line, separator, &texts) { value in
            let name = String(decoding: value, as: UTF8.self)
            cells.append(names.firstIndex(of: name) ?? -1)
        }
        return isSound ? cells : nil
    }

    mutating func begin(_ chunk: Chunk) {
        origin = chunk.origin
        header = chunk.firstOffset == 0 ? nil : headers[partition]
        if header?.incarnation != origin.incarnation { header = nil }
    }

    private var partition: Origin { Origin(source: origin.source, partition: origin.partition) }

    mutating func read(
        _ line: UnsafeRawBufferPointer, into cells: UnsafeMutablePointer<JSONCell>,
        _ texts: inout UnescapedTexts
    ) -> LineReading {
        guard let header else { return begin(with: line, &texts) }
        if line.elementsEqual(header.line) { return .noRecord }
        var column = 0
        let isSound = Self.eachValue(of: line, header.separator, &texts) { value in
            if column < header.cells.count, header.cells[column] >= 0 {
                cells[header.cells[column]] = JSONCell(text: value)
            }
            column += 1
        }
        let fits = isSound && column <= header.cells.count
        return fits ? .record : .refused(.malformed, at: nil)
    }

    /// Takes the line for the header; one that can't be is a record that can't be read.
    private mutating func begin(
        with line: UnsafeRawBufferPointer, _ texts: inout UnescapedTexts
    ) -> LineReading {
        let separator = ",;\t|".utf8.max { a, b in
            line.count { $0 == a } < line.count { $0 == b }
        }!
        guard let cells = cells(of: line, separator, &texts) else {
            return .refused(.malformed, at: nil)
        }
        let header = Header(
            incarnation: origin.incarnation, line: Array(line), separator: separator, cells: cells)
        self.header = header
        let isKept = headers.count < Self.headerLimit || headers[partition] != nil
        if isKept { headers[partition] = header }
        return .noRecord
    }

    /// False if a quote is not closed, or something stands between one and the separator.
    private static func eachValue(
        of line: UnsafeRawBufferPointer, _ separator: UInt8, _ texts: inout UnescapedTexts,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        var place = 0
        while true {
            while place < line.count, line[place] == 0x20 { place += 1 }
            if place < line.count, line[place] == UInt8(ascii: "\"") {
                guard let value = quoted(in: line, from: &place, &texts) else { return false }
                body(value)
                while place < line.count, line[place] == 0x20 { place += 1 }
                if place < line.count, line[place] != separator { return false }
            } else {
                let start = place
                while place < line.count, line[place] != separator { place += 1 }
                var end = place
                while end > start, line[end - 1] == 0x20 { end -= 1 }
                body(UnsafeRawBufferPointer(rebasing: line[start..<end]))
            }
            guard place < line.count else { return true }
            place += 1
        }
    }

    /// From a quote to behind the one that closes it; two in a row are one. nil: not closed.
    private static func quoted(
        in line: UnsafeRawBufferPointer, from place: inout Int, _ texts: inout UnescapedTexts
    ) -> UnsafeRawBufferPointer? {
        let quote = UInt8(ascii: "\"")
        let start = place + 1
        var text: [UInt8] = []
        var hasEscapes = false
        place = start
        while place < line.count {
            guard line[place] == quote else {
                if hasEscapes { text.append(line[place]) }
                place += 1
                continue
            }
            guard place + 1 < line.count, line[place + 1] == quote else {
                let end = place
                place += 1
                return hasEscapes
                    ? texts.add(text) : UnsafeRawBufferPointer(rebasing: line[start..<end])
            }
            if !hasEscapes { text = Array(line[start..<place]) }
            hasEscapes = true
            text.append(quote)
            place += 2
        }
        return nil
    }
}
