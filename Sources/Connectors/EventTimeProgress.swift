import Events
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
    private let sign = SignPipe()

    package init() {}

    /// A chunk of this source was decoded; `highest` of its events, `nil` if it has none.
    package func note(_ source: String, highest: Int64?) {
        state.withLock { state in
            state.chunks += 1
            if let highest { state.highest[source] = max(highest, state.highest[source] ?? .min) }
        }
        sign.signal()
    }

    /// Waits until that many chunks were decoded. False: stop.
    func wait(for chunks: Int, until stop: Stop) -> Bool {
        while state.withLock({ $0.chunks }) < chunks {
            guard stop.wait(input: sign.receiver) == .ready else { return false }
            sign.clear()
        }
        return true
    }

    /// `.min` for a source without events so far.
    func highest(of source: String) -> Int64 {
        state.withLock { $0.highest[source] ?? .min }
    }
}
