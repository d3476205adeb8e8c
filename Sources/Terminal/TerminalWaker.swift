import CNcurses
import Glibc

/// Wakes the screen's thread out of `Terminal.wait`, from any thread.
///
/// Wakes between two waits are one. The descriptor lives as long as the last holder, so a late
/// wake never writes into somebody else's file.
package final class TerminalWaker: Sendable {
    let descriptor: Int32

    init() throws(TerminalError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .lastRefusal("eventfd") }
    }

    deinit {
        close(descriptor)
    }

    /// Never blocks. A counter that is full is a wake that is still to be seen.
    package func wake() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    /// Whether there was a wake since the last call.
    func takeWake() -> Bool {
        var count: UInt64 = 0
        return read(descriptor, &count, 8) == 8
    }
}
