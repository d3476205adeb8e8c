import CSimdjson

/// How a record of JSON is laid out, learned from one: its keys, its punctuation and white space
/// letter by letter, and between them what kind of value stands there.
///
/// Consecutive records of a stream mostly have the same layout. Where one fits, it fits whole: each
/// byte of the record has been compared or belongs to a value whose every byte was looked at, so
/// the record is valid JSON, and it was never indexed. What doesn't fit is left to the general
/// parser, which knows all of JSON; so a layout changes how long reading takes, never what is read.
final class JSONLayout {
    /// What follows a piece of text.
    enum Value: UInt8 {
        /// Nothing: the text was longer than one step's.
        case none
        /// Without its quotes, which are text.
        case string
        case number
        /// `true`, `false` or `null`.
        case atom
    }

    /// Up to 32 bytes of text, and the value behind it.
    struct Step {
        var text: (UInt64, UInt64, UInt64, UInt64)
        /// A bit for each byte of the text.
        var mask: UInt32
        var value: Value
        var length: Int
        /// Where the value belongs; −1: nobody asks for it.
        var cell: Int32
        /// How long the value was last time.
        var expected = 0
    }

    /// The last one is the text up to the end of the line.
    private let steps: UnsafeMutableBufferPointer<Step>
    /// Bytes of the line's end: 1, or 2 with a carriage return.
    let lineEnd: Int
    /// Cells that no step fills, which are the same in all such records: objects, arrays, and
    /// fields that they don't have.
    private let fixed: UnsafeMutableBufferPointer<(place: Int, cell: JSONCell)>
    /// How often records turned to it, of late.
    var hits = 0

    /// `kinds`: of each cell, what stands there if no step fills it.
    init(steps: [Step], lineEnd: Int, kinds: [JSONKind]) {
        self.steps = .allocate(capacity: steps.count)
        _ = self.steps.initialize(fromContentsOf: steps)
        self.lineEnd = lineEnd
        let filled = Set(steps.map { Int($0.cell) })
        let places = kinds.indices.filter { !filled.contains($0) }
        fixed = .allocate(capacity: places.count)
        _ = fixed.initialize(
            fromContentsOf: places.map { ($0, JSONCell(kind: kinds[$0])) })
    }

    deinit {
        steps.deallocate()
        fixed.deallocate()
    }

    /// Fills the cells of the record that begins at `start`; nil if it isn't laid out so. Returns
    /// the start of the next line. `wide` collects whether text in values is beyond ASCII.
    ///
    /// Reads up to 32 bytes past a byte that ends a line.
    @inline(__always)
    func match(
        _ start: UnsafeRawPointer, _ cells: UnsafeMutablePointer<JSONCell>, _ wide: inout UInt32,
        _ powers: PowersOfTen
    ) -> UnsafeRawPointer? {
        var p = start
        var step = steps.baseAddress!
        let end = step + steps.count
        while step < end {
            guard step.pointee.isIn(p, step) else { return nil }
            p += step.pointee.length
            let cell = Int(step.pointee.cell)
            let found: UnsafeRawPointer?
            switch step.pointee.value {
            case .none:
                step += 1
                continue
            case .string:
                found = JSONText.endOfString(p, &wide)
                if cell >= 0, let found { cells[cell] = JSONCell(string: p, to: found) }
            case .number:
                found =
                    cell < 0
                    ? JSONText.endOfNumber(p) : JSONText.readNumber(p, into: cells + cell, powers)
            case .atom: found = JSONText.readAtom(p, into: cell < 0 ? nil : cells + cell)
            }
            guard let found else { return nil }
            // Many values are as long as the last time. Where the branch is foreseen, what comes
            // next doesn't wait for the end to be found.
            let expected = p + step.pointee.expected
            if found == expected {
                p = expected
            } else {
                step.pointee.expected = found - p
                p = found
            }
            step += 1
        }
        for i in 0..<fixed.count { cells[fixed[i].place] = fixed[i].cell }
        return p
    }
}

extension JSONLayout.Step {
    @inline(__always)
    fileprivate func isIn(_ p: UnsafeRawPointer, _ step: UnsafePointer<Self>) -> Bool {
        json_equal_mask(p, step) & mask == mask
    }

    /// At most `limit` bytes of text.
    init(_ text: some Collection<UInt8>, _ value: JSONLayout.Value, cell: Int32) {
        precondition(text.count <= Self.limit, "a step holds four words of text")
        var words = [UInt64](repeating: 0, count: 4)
        for (i, byte) in text.enumerated() { words[i / 8] |= UInt64(byte) << (8 * (i % 8)) }
        self.init(
            text: (words[0], words[1], words[2], words[3]),
            mask: UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(text.count) - 1),
            value: value, length: text.count, cell: cell)
    }

    static let limit = 32
}

extension JSONCell {
    fileprivate init(kind: JSONKind) {
        self.init()
        self.kind = kind
    }

    @inline(__always)
    fileprivate init(string start: UnsafeRawPointer, to end: UnsafeRawPointer) {
        self.init()
        kind = .string
        text = start.assumingMemoryBound(to: CChar.self)
        length = UInt32(truncatingIfNeeded: end - start)
    }
}
