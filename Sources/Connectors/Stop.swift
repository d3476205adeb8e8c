import Events
import Glibc

/// The sign that sources are to stop. Once given it stays.
///
/// It is a descriptor, the reading end of a pipe, so that a source waits for its input and for the
/// sign in one `poll`, and stopping takes no longer than a system call.
package final class Stop: Sendable {
    private let sign = SignPipe()
    /// Readable from the sign on.
    var receiver: Int32 { sign.receiver }

    package init() {}

    /// From any thread, any number of times; never blocks.
    package func signal() { sign.signal() }

    package var isSignaled: Bool { wait(for: .zero) }

    /// Waits that long, or until the sign. True: stop.
    package func wait(for duration: Nanoseconds) -> Bool {
        wait(input: -1, for: duration) == .stopped
    }

    enum Outcome { case stopped, ready, timedOut }

    /// Waits until `input` can be read or was hung up, or that long, or until the sign, which comes
    /// before anything else. A negative `input` is never ready; without a duration it waits for
    /// ever.
    func wait(input: Int32, for duration: Nanoseconds? = nil) -> Outcome {
        wait(CollectionOfOne(pollfd(fd: input, events: Int16(POLLIN), revents: 0)), for: duration)
    }

    /// The same for an output that can be written to, or has failed.
    func wait(output: Int32, for duration: Nanoseconds) -> Outcome {
        wait(CollectionOfOne(pollfd(fd: output, events: Int16(POLLOUT), revents: 0)), for: duration)
    }

    /// Waits until one of them can be read or was hung up, or that long, and returns which can;
    /// nil: stop.
    func wait(inputs: [Int32], for duration: Nanoseconds? = nil) -> Set<Int32>? {
        var ready: Set<Int32> = []
        let entries = inputs.lazy.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let outcome = wait(entries, for: duration) { entry in
            if entry.revents != 0 { ready.insert(entry.fd) }
        }
        return outcome == .stopped ? nil : ready
    }

    /// `look` sees each of the others when one of them is ready.
    private func wait(
        _ others: some Collection<pollfd>, for duration: Nanoseconds? = nil,
        look: (pollfd) -> Void = { _ in }
    ) -> Outcome {
        let deadline = duration.map { Monotonic.now() + $0 }
        let count = others.count + 1
        return withUnsafeTemporaryAllocation(of: pollfd.self, capacity: count) { entries in
            entries.initializeElement(
                at: 0, to: pollfd(fd: receiver, events: Int16(POLLIN), revents: 0))
            _ = entries[1...].initialize(fromContentsOf: others)
            while true {
                let timeout = deadline.map(Monotonic.milliseconds(until:)) ?? -1
                let ready = poll(entries.baseAddress, nfds_t(count), timeout)
                if ready > 0 {
                    guard entries[0].revents == 0 else { return .stopped }
                    entries[1...].forEach(look)
                    return .ready
                }
                if ready == 0, deadline.map({ Monotonic.now() >= $0 }) ?? false { return .timedOut }
            }
        }
    }
}
