#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The bytes of whole records, each ended by a newline, followed by `padding` readable zero bytes,
/// so that a decoder may read a word at a time to the end.
///
/// Immutable once made, which is why it may be shared between threads.
package final class RecordBytes: @unchecked Sendable {
    package static let padding = 64

    @usableFromInline let storage: UnsafeMutableRawPointer
    private let size: Int
    package let count: Int

    /// Lets `fill` write up to `capacity` bytes and return how many it wrote.
    package init(capacity: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Int) rethrows {
        (storage, size) = RecordBuffers.take(capacity + Self.padding)
        do {
            count = try fill(UnsafeMutableRawBufferPointer(start: storage, count: capacity))
        } catch {
            RecordBuffers.give(storage, size: size)
            throw error
        }
        precondition(count >= 0 && count <= capacity, "a fill wrote past its capacity")
        memset(storage + count, 0, Self.padding)
    }

    package convenience init(_ bytes: some Collection<UInt8>) {
        self.init(capacity: bytes.count) { buffer in
            buffer.copyBytes(from: bytes)
            return bytes.count
        }
    }

    deinit { RecordBuffers.give(storage, size: size) }

    /// The records' bytes, without the padding behind them.
    @inlinable package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: storage, count: count)
    }
}
