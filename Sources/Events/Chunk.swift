/// Whole records as they came, from one partition, with consecutive offsets.
///
/// A source frames: every record in `bytes` ends with a newline that is not part of it. A record
/// longer than the limit is cut there by the source to `recordLimit + 1` bytes, which is how a
/// decoder knows. Blank lines keep their offset and are not records.
package struct Chunk: Sendable {
    /// The longest record, in bytes.
    package static let recordLimit = 1 << 20

    package var stream: Int
    package var origin: Origin
    /// The offset of the first line: its number in its incarnation, from 0.
    package var firstOffset: Int64
    /// Lines in `bytes`, blank ones too.
    package var lines: Int
    package var bytes: RecordBytes
    /// When the queue admitted it: the only processing time there is. Stamped there.
    package var receivedAt: Timestamp

    package init(
        stream: Int, origin: Origin, firstOffset: Int64, lines: Int, bytes: RecordBytes,
        receivedAt: Timestamp = .beginning
    ) {
        self.stream = stream
        self.origin = origin
        self.firstOffset = firstOffset
        self.lines = lines
        self.bytes = bytes
        self.receivedAt = receivedAt
    }
}
