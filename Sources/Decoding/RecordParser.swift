import CSimdjson
import Events

/// The JSON parser behind its C interface, and the tree of the paths it extracts.
///
/// What `parse` gives points into the parser and into the bytes, and is good until the next call.
final class RecordParser {
    /// Objects and arrays inside each other, the record itself counted.
    static let depthLimit: Int32 = 64

    private let parser: OpaquePointer

    init() {
        parser = json_parser_make(Chunk.recordLimit, Self.depthLimit)
    }

    deinit { json_parser_free(parser) }

    /// The place of the path's value among a record's cells; the same path has the same.
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
        return Int(json_parser_cell(parser, node))
    }

    /// `atStart`: a file begins here, and may do so with a byte order mark, which is no record's.
    func parse(_ records: RecordBytes, atStart: Bool) -> JSONTable {
        var bytes = records.bytes
        if atStart, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(3))
        }
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return json_parser_parse(parser, start, bytes.count)
    }
}
