import CSimdjson
import Events

/// Makes a layout of a record that is valid JSON, whose cells are known by their paths.
struct JSONLayoutLearner {
    /// Steps of one layout; a longer record is left to the general parser.
    private static let stepLimit = 512

    private let bytes: UnsafeRawBufferPointer
    private let cells: [PathBytes: Int32]
    private var position = 0
    /// Where the text begins that no step holds yet: it reaches to `position`.
    private var textStart = 0
    private var steps: [JSONLayout.Step] = []
    private var kinds: [JSONKind]
    private var path = PathBytes()

    /// `line` with its end; `cells`: their number of each path, of `width` in all.
    private init(_ line: UnsafeRawBufferPointer, _ cells: [PathBytes: Int32], _ width: Int) {
        bytes = line
        self.cells = cells
        kinds = Array(repeating: .missing, count: width)
    }

    /// Nil where a layout can't say what the record means: keys that come twice, or have escapes.
    static func layout(
        of line: UnsafeRawBufferPointer, cells: [PathBytes: Int32], width: Int
    ) -> JSONLayout? {
        guard line.last == UInt8(ascii: "\n") else { return nil }
        var learner = JSONLayoutLearner(line, cells, width)
        guard learner.readValue() else { return nil }
        let lineEnd = line.dropLast().last == UInt8(ascii: "\r") ? 2 : 1
        learner.position = line.count
        guard learner.hasRoom else { return nil }
        learner.add(.none)
        return JSONLayout(steps: learner.steps, lineEnd: lineEnd, kinds: learner.kinds)
    }

    private var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func take() { position += 1 }

    private mutating func takeBlanks() {
        while byte == 0x20 || byte == 0x09 || byte == 0x0D { take() }
    }

    /// Whether the text so far and another value fit a layout.
    private var hasRoom: Bool {
        steps.count + (position - textStart) / JSONLayout.Step.limit < Self.stepLimit
    }

    /// The value behind one more step of the path. False: give up.
    private mutating func readValue(_ step: (inout PathBytes) -> Void) -> Bool {
        let outer = path
        step(&path)
        defer { path = outer }
        return readValue()
    }

    /// False: give up.
    private mutating func readValue() -> Bool {
        takeBlanks()
        guard hasRoom else { return false }
        switch byte {
        case UInt8(ascii: "{"): return note(.compound) && readObject()
        case UInt8(ascii: "["): return note(.compound) && readArray()
        case UInt8(ascii: "\""):
            take()
            add(.string)
            guard skipString() != nil else { return false }
            textStart = position
            take()
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
            add(.atom)
            while UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte { position += 1 }
            textStart = position
        case UInt8(ascii: "-"), 0x30...0x39:
            add(.number)
            while "+-.eE".utf8.contains(byte) || 0x30...0x39 ~= byte { position += 1 }
            textStart = position
        // A byte order mark, which the general parser skips.
        default: return false
        }
        return true
    }

    /// Up to the closing quote; what stood before it, nil if that has escapes.
    private mutating func skipString() -> UnsafeRawBufferPointer? {
        let start = position
        while byte != UInt8(ascii: "\""), position < bytes.count {
            if byte == UInt8(ascii: "\\") { return nil }
            position += 1
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    private mutating func readObject() -> Bool {
        var names: Set<[UInt8]> = []
        take()
        takeBlanks()
        while byte == UInt8(ascii: "\"") {
            take()
            guard let name = skipString(), names.insert(Array(name)).inserted else { return false }
            take()
            takeBlanks()
            guard byte == UInt8(ascii: ":") else { return false }
            take()
            guard readValue({ $0.add(name: name) }) else { return false }
            if !takeSeparator() { break }
        }
        return takeEnd("}")
    }

    private mutating func readArray() -> Bool {
        var index = 0
        take()
        takeBlanks()
        while byte != UInt8(ascii: "]") {
            guard readValue({ $0.add(index: index) }) else { return false }
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

    private var cell: Int32? { cells[path] }

    /// The text so far in as many steps as it takes, the last one with the value that comes next.
    private mutating func add(_ value: JSONLayout.Value) {
        var text = bytes[textStart..<position]
        while text.count > JSONLayout.Step.limit {
            steps.append(
                JSONLayout.Step(text.prefix(JSONLayout.Step.limit), .none, cell: -1))
            text = text.dropFirst(JSONLayout.Step.limit)
        }
        steps.append(JSONLayout.Step(text, value, cell: value == .none ? -1 : cell ?? -1))
    }
}
