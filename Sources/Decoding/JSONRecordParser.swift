import CSimdjson
import Events

/// The JSON parser behind its C interface, and the tree of the paths it extracts.
final class JSONRecordParser: RecordParser {
    /// Objects and arrays inside each other, the record itself counted.
    static let depthLimit: Int32 = 64

    private let parser: OpaquePointer

    init() {
        parser = json_parser_make(Chunk.recordLimit, Self.depthLimit)
    }

    deinit { json_parser_free(parser) }

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

    func parse(_ records: RecordBytes, from origin: Origin, atStart: Bool) -> JSONTable {
        let bytes = records.content(atStart: atStart)
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return json_parser_parse(parser, start, bytes.count)
    }
}
