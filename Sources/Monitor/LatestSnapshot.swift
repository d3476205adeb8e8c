import Engine
import Synchronization

/// One slot between the engine and the screen: the newest snapshot wins, nobody waits.
///
/// The screen says from when on it wants the next one; the engine looks after each input, and takes
/// a snapshot only then.
final class LatestSnapshot: Sendable {
    private struct State {
        var snapshot: EngineSnapshot
        /// Monotonic nanoseconds; `.max`: it has one that it has not shown yet.
        var wantedFrom: Int64 = 0
    }

    private let state: Mutex<State>

    init(_ first: EngineSnapshot) { state = Mutex(State(snapshot: first)) }

    /// The newest one. If it is new, the next is wanted from `time` on; else it is waited for
    /// already, and who only looks again doesn't put it off.
    func take(next time: Int64) -> EngineSnapshot {
        state.withLock {
            if $0.wantedFrom == .max { $0.wantedFrom = time }
            return $0.snapshot
        }
    }

    /// True when the screen wants one now.
    func isWanted(at now: Int64) -> Bool { state.withLock { $0.wantedFrom <= now } }

    /// When it is worth to ask again whether one is wanted: when the screen says, or while it has
    /// yet to show one, an interval later.
    func nextLook(at now: Int64, every interval: Int64) -> Deadline {
        let wanted = state.withLock { $0.wantedFrom }
        return Deadline(instant: wanted == .max ? now + interval : wanted)
    }

    func put(_ snapshot: EngineSnapshot) {
        state.withLock {
            $0.snapshot = snapshot
            $0.wantedFrom = .max
        }
    }
}
