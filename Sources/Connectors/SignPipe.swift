import Glibc

/// A pipe of which only matters whether it holds anything: what one thread signals, another sees in
/// its `poll`. A class, because the descriptors have to live as long as the last holder: a number
/// that is closed too early names somebody else's file.
final class SignPipe: Sendable {
    /// Readable from a signal on.
    let receiver: Int32
    /// For a library of C that signals by itself.
    let sender: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let failure = pipe(&ends)
        precondition(failure == 0, "the system has no descriptor left for a sign")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (receiver, sender) = (ends[0], ends[1])
    }

    deinit {
        close(receiver)
        close(sender)
    }

    /// From any thread, any number of times; never blocks.
    func signal() {
        var sign: UInt8 = 1
        _ = write(sender, &sign, 1)
    }

    /// Forgets the signals so far.
    func clear() {
        withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            while read(receiver, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
