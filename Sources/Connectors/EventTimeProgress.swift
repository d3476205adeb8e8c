import Events
import Glibc
import Synchronization

/// How far the event times of a stream's sources have come: told by whoever decodes their chunks,
/// so that who reads several files goes on with the one that is furthest behind, and none is read
/// so far ahead that the others' events would be late beside its own.
package final class EventTimeProgress: Sendable {
    private struct State {
        var highest: [String: Int64] = [:]
        var chunks = 0
    }

    private let state = Mutex(State())
    private let receiver: Int32
    private let sender: Int32

    package init() {
        var ends: [Int32] = [-1, -1]
        let failure = pipe(&ends)
        precondition(failure == 0, "the system has no descriptor left")
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

    /// A chunk of this source was decoded; `highest` of its events, `nil` if it has none.
    package func note(_ source: String, highest: Int64?) {
        state.withLock { state in
            state.chunks += 1
            if let highest { state.highest[source] = max(highest, state.highest[source] ?? .min) }
        }
        var sign: UInt8 = 1
        _ = write(sender, &sign, 1)
    }

    /// Waits until that many chunks were decoded. False: stop.
    func wait(for chunks: Int, until stop: Stop) -> Bool {
        var signs = [UInt8](repeating: 0, count: 64)
        while state.withLock({ $0.chunks }) < chunks {
            guard stop.wait(input: receiver) == .ready else { return false }
            _ = read(receiver, &signs, signs.count)
        }
        return true
    }

    /// `.min` for a source without events so far.
    func highest(of source: String) -> Int64 {
        state.withLock { $0.highest[source] ?? .min }
    }
}
