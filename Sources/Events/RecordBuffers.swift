import Synchronization

/// Memory for chunks of the usual size, kept for the next one when a chunk is gone: to give it back
/// to the system and to take it anew would cost more than to read into it.
///
/// Holds at most `limit` buffers; all threads share them.
enum RecordBuffers {
    /// A read of 256 KiB, the rest of a line from the one before, and padding.
    static let size = 320 << 10
    private static let least = 128 << 10
    private static let limit = 16

    /// Addresses.
    private static let free = Mutex<[UInt]>([])

    /// At least `count` bytes, aligned to 64, and how many there are.
    static func take(_ count: Int) -> (UnsafeMutableRawPointer, size: Int) {
        guard least...size ~= count else {
            return (.allocate(byteCount: count, alignment: 64), count)
        }
        let address = free.withLock { $0.popLast() }
        let known = address.flatMap { UnsafeMutableRawPointer(bitPattern: $0) }
        return (known ?? .allocate(byteCount: size, alignment: 64), size)
    }

    static func give(_ buffer: UnsafeMutableRawPointer, size: Int) {
        let isKept =
            size == Self.size
            && free.withLock { free in
                guard free.count < limit else { return false }
                free.append(UInt(bitPattern: buffer))
                return true
            }
        if !isKept { buffer.deallocate() }
    }
}
