/// What a source that can't be held back lost before admission: an input like any other, so that
/// the books of a replay balance too.
package struct SourceLoss: Hashable, Sendable {
    package var stream: Int
    package var source: String
    /// Datagrams or messages; how many records were in them nobody has looked.
    package var count: UInt64
    /// 0 where only their number is known.
    package var bytes: UInt64

    package init(stream: Int, source: String, count: UInt64, bytes: UInt64) {
        self.stream = stream
        self.source = source
        self.count = count
        self.bytes = bytes
    }
}
