import Glibc

/// Bytes on their way to the terminal, which takes them when it likes.
///
/// Nothing here blocks: the descriptor is non-blocking, and what it doesn't take stays queued in
/// order. A frame is one run of bytes, so the queue holds little more than one frame.
struct OutputQueue {
    private var bytes: [UInt8] = []
    private var sent = 0
    private var startedAt: UInt64 = 0
    /// How long the last run of bytes took from the first write until it was all out.
    private(set) var lastWriteDuration: Duration = .zero

    enum Progress {
        case drained, blocked, gone
    }

    var isEmpty: Bool { sent == bytes.count }

    mutating func append(_ more: some Sequence<UInt8>) {
        if isEmpty {
            bytes.removeAll(keepingCapacity: true)
            sent = 0
            startedAt = MonotonicClock.now()
        }
        bytes.append(contentsOf: more)
    }

    /// Forgets what is not out yet.
    mutating func discard() {
        bytes.removeAll(keepingCapacity: true)
        sent = 0
    }

    /// Writes until the terminal takes no more.
    mutating func flush(to descriptor: Int32) -> Progress {
        guard !isEmpty else { return .drained }
        while !isEmpty {
            let count = writeOnce(to: descriptor)
            if count < 0 {
                if errno == EINTR { continue }
                return errno == EAGAIN ? .blocked : .gone
            }
            sent += count
        }
        lastWriteDuration = .nanoseconds(Int64(MonotonicClock.now() - startedAt))
        return .drained
    }

    private func writeOnce(to descriptor: Int32) -> Int {
        bytes.withUnsafeBytes { all in
            write(descriptor, all.baseAddress! + sent, all.count - sent)
        }
    }
}
