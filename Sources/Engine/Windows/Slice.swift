import Events

/// The state of all keys in one stretch of event time of a hop's length: an event touches one
/// slice, whatever the overlap of the windows; windows are merged from slices when they fire.
struct Slice {
    /// `[index · hop, (index + 1) · hop)`.
    var index: Int64
    /// A row per key slot, `stride` words each; a row with count 0 is empty.
    private(set) var words: [UInt64] = []
    /// `sketches` per row.
    private(set) var sketches: [DDSketch] = []

    private let stride: Int
    private let sketchesPerRow: Int

    init(index: Int64, layout: CompiledQuery) {
        self.index = index
        stride = layout.stride
        sketchesPerRow = layout.sketches
    }

    var rows: Int { words.count / stride }

    /// Makes the rows below `count` exist.
    mutating func grow(to count: Int) {
        guard rows < count else { return }
        let room = max(count, rows * 2)
        words.append(contentsOf: repeatElement(0, count: room * stride - words.count))
        sketches.append(
            contentsOf: repeatElement(DDSketch(), count: room * sketchesPerRow - sketches.count))
    }

    /// The words of all rows, to be changed in place.
    mutating func withWords<R>(_ body: (UnsafeMutablePointer<UInt64>) -> R) -> R {
        words.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }

    mutating func addToSketch(_ sketch: Int, row: Int, _ x: Double) {
        sketches[row * sketchesPerRow + sketch].add(x)
    }

    func count(_ row: Int) -> UInt64 {
        row < rows ? words[row * stride + CompiledQuery.countWord] : 0
    }

    /// The highest event time of the row; meaningless when its count is 0.
    func lastTime(_ row: Int) -> Int64 {
        Int64(bitPattern: words[row * stride + CompiledQuery.lastTimeWord])
    }

    func word(_ row: Int, _ offset: Int) -> UInt64 { words[row * stride + offset] }

    func sketch(_ row: Int, _ sketch: Int) -> DDSketch { sketches[row * sketchesPerRow + sketch] }

    /// Forgets all rows and takes another stretch of time; the memory stays.
    mutating func recycle(as index: Int64) {
        self.index = index
        for i in words.indices { words[i] = 0 }
        for i in sketches.indices { sketches[i].clear() }
    }
}
