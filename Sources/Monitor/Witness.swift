import Engine
import Recording

/// Follows a run and tells a recorder what came of it: a hash at each tick, and alerts as they
/// change.
struct Witness {
    let recorder: Recorder
    private var digest = RunDigest()

    init(_ recorder: Recorder) { self.recorder = recorder }

    mutating func see(_ input: EngineInput, _ effects: [Effect], _ engine: borrowing Engine) {
        digest.note(effects)
        for case .alert(let rule, let change) in effects {
            recorder.note(
                AlertMark(
                    number: input.number, at: input.receivedAt, rule: engine.plan.rules[rule].name,
                    state: change.transition.word))
        }
        guard case .tick = input.content else { return }
        recorder.note(hash: digest.value(of: engine.snapshot()), of: input.number)
    }

    /// The run is over; the recording is closed with what it has led to.
    func finish(_ engine: borrowing Engine) {
        let snapshot = engine.snapshot()
        recorder.finish(
            hash: snapshot.number == 0
                ? nil : (snapshot.number, digest.wholeValue(of: snapshot)))
    }
}
