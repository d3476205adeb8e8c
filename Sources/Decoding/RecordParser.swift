import CSimdjson
import Events

/// Takes the records of a chunk apart. What `parse` gives points into the parser and into the
/// bytes, and is good until the next call.
protocol RecordParser: AnyObject {
    /// The place of the path's value among a record's cells; the same path has the same.
    func cell(for path: FieldPath) -> Int

    /// Each line of the chunk that isn't blank is a record. The input of its origin begins with the
    /// chunk whose first offset is 0.
    func parse(_ chunk: Chunk) -> JSONTable

    /// Why the record of this index can't be read; nil: its status in the table says it.
    func reason(of record: Int) -> DeadLetter.Reason?

    /// Another one that has learned of the input what this one has, and shares nothing with it.
    func fork() -> any RecordParser
}

extension RecordParser {
    func reason(of record: Int) -> DeadLetter.Reason? { nil }
}

/// The parser of a format.
func recordParser(_ format: RecordFormat) -> any RecordParser {
    switch format {
    case .json: return JSONRecordParser()
    case .logfmt: return LineParser(LogfmtLine())
    case .csv: return LineParser(CSVLine())
    case .access: return LineParser(AccessLine())
    case .syslog: return LineParser(SyslogLine())
    case .pattern(let pattern):
        guard let format = try? PatternLine(pattern) else {
            preconditionFailure("a pattern is checked before records are read by it")
        }
        return LineParser(format)
    }
}

extension Chunk {
    /// The records, without the byte order mark with which a file may begin.
    var content: UnsafeRawBufferPointer {
        firstOffset == 0 ? bytes.bytes.withoutByteOrderMark : bytes.bytes
    }
}

extension UnsafeRawBufferPointer {
    /// Without the byte order mark that it may begin with.
    var withoutByteOrderMark: UnsafeRawBufferPointer {
        guard count >= 3, self[0] == 0xEF, self[1] == 0xBB, self[2] == 0xBF else { return self }
        return UnsafeRawBufferPointer(rebasing: self[3...])
    }
}

extension UnsafeMutableBufferPointer {
    /// Makes it one of so many elements, of which the first ones are those that it had.
    mutating func grow(to room: Int, keeping kept: Int, _ filler: Element) {
        let grown = UnsafeMutableBufferPointer.allocate(capacity: room)
        _ = grown.moveInitialize(fromContentsOf: self[..<kept])
        grown[kept...].initialize(repeating: filler)
        deallocate()
        self = grown
    }
}
