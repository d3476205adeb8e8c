import CSimdjson
import Events

/// The layouts that the records of a stream have had of late, the last one first.
struct JSONLayouts {
    static let limit = 8

    private var layouts: [JSONLayout] = []
    /// Where learning doesn't help, it is tried more and more rarely: a miss in so many.
    private var patience = 1
    private var misses = 0
    private let cells: [FieldPath: Int32]

    init(cells: [FieldPath: Int32]) { self.cells = cells }

    /// The start of the next line, if the record that begins here is laid out in a known way, and
    /// how many bytes its line end has.
    @inline(__always)
    mutating func match(
        _ start: UnsafeRawPointer, _ row: UnsafeMutablePointer<JSONCell>, _ wide: inout UInt64
    ) -> (next: UnsafeRawPointer, lineEnd: Int)? {
        for i in layouts.indices {
            wide = 0
            guard let next = layouts[i].match(start, row, &wide) else { continue }
            layouts[i].hits += 1
            let lineEnd = layouts[i].lineEnd
            if i > 0 { layouts.swapAt(i, i - 1) }
            return (next, lineEnd)
        }
        return nil
    }

    /// A record that no layout fitted, and that is valid JSON; `line` with its end.
    @inline(never)
    mutating func learn(_ line: UnsafeRawBufferPointer) {
        misses += 1
        guard misses >= patience else { return }
        misses = 0
        guard let layout = JSONLayoutLearner.layout(of: line, cells: cells) else {
            patience = min(patience * 2, 1024)
            return
        }
        if layouts.count == Self.limit {
            let least = layouts.indices.min { layouts[$0].hits < layouts[$1].hits }!
            patience = layouts[least].hits > 0 ? 1 : min(patience * 2, 1024)
            layouts.remove(at: least)
            for i in layouts.indices { layouts[i].hits /= 2 }
        }
        layouts.insert(layout, at: 0)
    }
}
