import CSimdjson
import Events

/// Makes a layout of a record that is valid JSON, whose cells are known by their paths.
struct JSONLayoutLearner {
    /// Steps of one layout; a longer record is left to the general parser.
    private static let stepLimit = 512

    private let bytes: UnsafeRawBufferPointer
    private let cells: [FieldPath: Int32]
    private var position = 0
    private var text: [UInt8] = []
    private var steps: [JSONLayout.Step] = []
    private var kinds: [JSONKind]
    private var path: [FieldPath.Step] = []

    /// `line` with its end; `cells`: their number of each path.
    private init(_ line: UnsafeRawBufferPointer, _ cells: [FieldPath: Int32]) {
        bytes = line
        self.cells = cells
        kinds = Array(repeating: .missing, count: cells.count)
    }

    /// Nil where a layout can't say what the record means: keys that come twice, or have escapes.
    static func layout(
        of line: UnsafeRawBufferPointer, cells: [FieldPath: Int32]
    ) -> JSONLayout? {
        guard line.last == UInt8(ascii: "\n") else { return nil }
        var learner = JSONLayoutLearner(line, cells)
        guard learner.readValue() else { return nil }
        let lineEnd = line.dropLast().last == UInt8(ascii: "\r") ? 2 : 1
        learner.text += line[learner.position...]
        learner.flush()
        return JSONLayout(steps: learner.steps, lineEnd: lineEnd, kinds: learner.kinds)
    }

    private var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func take() {
        text.append(byte)
        position += 1
    }

    private mutating func takeBlanks() {
        while byte == 0x20 || byte == 0x09 || byte == 0x0D { take() }
    }

    /// False: give up.
    private mutating func readValue() -> Bool {
        takeBlanks()
        guard steps.count < Self.stepLimit else { return false }
        switch byte {
        case UInt8(ascii: "{"): return note(.compound) && readObject()
        case UInt8(ascii: "["): return note(.compound) && readArray()
        case UInt8(ascii: "\""):
            take()
            add(.string)
            guard skipString() != nil else { return false }
            take()
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
            add(.atom)
            while UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte { position += 1 }
        default:
            add(.number)
            while "+-.eE".utf8.contains(byte) || 0x30...0x39 ~= byte { position += 1 }
        }
        return true
    }

    /// Up to the closing quote, which is text; what stood before it, nil if that has escapes.
    private mutating func skipString() -> UnsafeRawBufferPointer? {
        let start = position
        while byte != UInt8(ascii: "\""), position < bytes.count {
            if byte == UInt8(ascii: "\\") { return nil }
            position += 1
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    private mutating func readObject() -> Bool {
        var names: Set<String> = []
        take()
        takeBlanks()
        while byte == UInt8(ascii: "\"") {
            take()
            guard let raw = skipString(), let name = String(validating: raw, as: UTF8.self),
                names.insert(name).inserted
            else { return false }
            text += raw
            take()
            takeBlanks()
            guard byte == UInt8(ascii: ":") else { return false }
            take()
            path.append(.name(name))
            guard readValue() else { return false }
            path.removeLast()
            if !takeSeparator() { break }
        }
        return takeEnd("}")
    }

    private mutating func readArray() -> Bool {
        var index = 0
        take()
        takeBlanks()
        while byte != UInt8(ascii: "]") {
            path.append(.index(index))
            guard readValue() else { return false }
            path.removeLast()
            index += 1
            if !takeSeparator() { break }
        }
        return takeEnd("]")
    }

    private mutating func takeSeparator() -> Bool {
        takeBlanks()
        guard byte == UInt8(ascii: ",") else { return false }
        take()
        takeBlanks()
        return true
    }

    private mutating func takeEnd(_ end: Unicode.Scalar) -> Bool {
        takeBlanks()
        guard byte == UInt8(ascii: end) else { return false }
        take()
        return true
    }

    /// The value at hand is of this kind in every such record.
    private mutating func note(_ kind: JSONKind) -> Bool {
        if let cell = cell { kinds[Int(cell)] = kind }
        return true
    }

    private var cell: Int32? { path.isEmpty ? nil : cells[FieldPath(steps: path)] }

    private mutating func add(_ value: JSONLayout.Value) {
        shorten()
        steps.append(JSONLayout.Step(text, value, cell: cell ?? -1))
        text = []
    }

    /// Puts what one step can't hold into steps of their own.
    private mutating func shorten() {
        while text.count > JSONLayout.Step.limit {
            steps.append(JSONLayout.Step(text.prefix(JSONLayout.Step.limit), .none, cell: -1))
            text.removeFirst(JSONLayout.Step.limit)
        }
    }

    private mutating func flush() {
        shorten()
        if !text.isEmpty { steps.append(JSONLayout.Step(text, .none, cell: -1)) }
    }
}
