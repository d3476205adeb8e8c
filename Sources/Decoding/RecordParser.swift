import CSimdjson
import Events

/// Takes the records of a chunk apart. What `parse` gives points into the parser and into the
/// bytes, and is good until the next call.
protocol RecordParser: AnyObject {
    /// The place of the path's value among a record's cells; the same path has the same.
    func cell(for path: FieldPath) -> Int

    /// `atStart`: the input of this origin begins here.
    func parse(_ records: RecordBytes, from origin: Origin, atStart: Bool) -> JSONTable
}

/// The parser of a format.
func recordParser(_ format: RecordFormat) -> any RecordParser {
    switch format {
    case .json: JSONRecordParser()
    case .logfmt: LineParser(LogfmtLine())
    case .csv: LineParser(CSVLine())
    }
}

extension RecordBytes {
    /// Without the byte order mark with which a file may begin.
    func content(atStart: Bool) -> UnsafeRawBufferPointer {
        guard atStart, bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return bytes }
        return UnsafeRawBufferPointer(rebasing: bytes.dropFirst(3))
    }
}
