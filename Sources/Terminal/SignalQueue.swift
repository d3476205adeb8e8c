import CNcurses
import Glibc

/// The blocked signals as a descriptor to poll. `BlockedSignals.block()` comes first.
///
/// One reader at a time: the screen, or whatever stands in for it without one.
package struct SignalQueue: ~Copyable {
    package let descriptor: Int32

    package init() throws(TerminalError) {
        var set = BlockedSignals.readSet()
        descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        guard descriptor >= 0 else { throw .lastRefusal("signalfd") }
    }

    deinit {
        close(descriptor)
    }

    /// The number of the next pending signal; `nil` when there is none. Never blocks.
    package func next() -> Int32? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        return read(descriptor, &info, size) == size ? Int32(info.ssi_signo) : nil
    }
}
