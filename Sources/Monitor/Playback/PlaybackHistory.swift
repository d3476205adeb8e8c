import Engine
import Events
import Panels
import Synchronization

/// What is known of a replay because somebody has been there: checkpoints, and the timeline.
///
/// The one who plays writes it, and the one who runs ahead to look; of each place the first who
/// comes there.
final class PlaybackHistory: Sendable {
    private struct State {
        var timeline: Timeline
        var checkpoints: Checkpoints
        var reached: UInt64 = 0
    }

    private let state: Mutex<State>

    /// `end`: of the last input, as far as that is known. `spacing`: of checkpoints, at first.
    init(end: Timestamp, spacing: Nanoseconds) {
        state = Mutex(
            State(timeline: Timeline(end: end), checkpoints: Checkpoints(spacing: spacing)))
    }

    var timeline: Timeline { state.withLock { $0.timeline } }

    func note(_ input: EngineInput, _ effects: [Effect], _ plan: EnginePlan) {
        state.withLock { state in
            guard input.number > state.reached else { return }
            state.reached = input.number
            var records = 0
            if case .batch(let batch) = input.content { records = batch.recordCount }
            state.timeline.note(records: records, at: input.receivedAt)
            for case .alert(let rule, let change) in effects where change.transition.to == .firing {
                state.timeline.note(
                    firing: plan.rules[rule].name, number: input.number, at: input.receivedAt)
            }
        }
    }

    /// The end is known.
    func finish() { state.withLock { $0.timeline.finish() } }

    func isCheckpointDue(at number: UInt64, after work: Nanoseconds) -> Bool {
        state.withLock { $0.checkpoints.isDue(at: number, after: work) }
    }

    func add(_ checkpoint: Checkpoint) {
        state.withLock { state in
            guard state.checkpoints.isDue(at: checkpoint.number, after: .seconds(3600)) else {
                return
            }
            state.checkpoints.add(checkpoint)
        }
    }

    /// The last one that isn't past the target.
    func checkpoint(upTo target: PlaybackTarget) -> Checkpoint? {
        state.withLock { $0.checkpoints.last(upTo: target) }
    }
}
