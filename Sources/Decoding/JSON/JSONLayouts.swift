import CSimdjson

/// The layouts that the records of a stream have had of late, the last one first.
struct JSONLayouts {
    static let limit = 8

    /// The one that fitted last; nil: none has been learned.
    private(set) var current: JSONLayout?
    private var others: [JSONLayout] = []
    /// Where learning doesn't help, it is tried more and more rarely: a miss in so many.
    private var patience = 1
    private var misses = 0
    private let cells: [PathBytes: Int32]
    private let width: Int

    /// `cells`: their number of each path, of `width` in all.
    init(cells: [PathBytes: Int32], width: Int) {
        self.cells = cells
        self.width = width
    }

    /// Tries the layouts that are not current; one that fits is from now on.
    @inline(never)
    mutating func matchOther(
        _ start: UnsafeRawPointer, _ row: UnsafeMutablePointer<JSONCell>, _ wide: inout UInt32,
        _ powers: PowersOfTen
    ) -> UnsafeRawPointer? {
        for i in others.indices {
            wide = 0
            guard let next = others[i].match(start, row, &wide, powers) else { continue }
            others[i].hits += 1
            let found = others.remove(at: i)
            if let current { others.insert(current, at: 0) }
            current = found
            return next
        }
        return nil
    }

    /// A record that no layout fitted, and that is valid JSON; `line` with its end.
    @inline(never)
    mutating func learn(_ line: UnsafeRawBufferPointer) {
        misses += 1
        guard misses >= patience else { return }
        misses = 0
        guard let layout = JSONLayoutLearner.layout(of: line, cells: cells, width: width)
        else {
            patience = min(patience * 2, 1024)
            return
        }
        if let current { others.insert(current, at: 0) }
        current = layout
        if others.count == Self.limit { forgetLeast() }
    }

    /// The one that fitted least. If even that fitted once, learning helps.
    private mutating func forgetLeast() {
        let least = others.indices.min { others[$0].hits < others[$1].hits }!
        patience = others[least].hits > 0 ? 1 : min(patience * 2, 1024)
        others.remove(at: least)
        for layout in others { layout.hits /= 2 }
    }
}
