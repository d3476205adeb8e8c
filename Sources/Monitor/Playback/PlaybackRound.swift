import Engine
import Events
import Panels
import Recording

/// One way through a replay: from its beginning or a checkpoint, input by input.
///
/// Ends with `stop`, which has to be called.
struct PlaybackRound {
    private(set) var engine: Engine
    private let origin: any PlaybackOrigin
    private let history: PlaybackHistory
    private let feed: any PlaybackFeed
    /// What comes next; nil at the end.
    private(set) var next: EngineInput?
    /// As it stands behind `next`.
    private var decoder: DecoderState?
    private var place = PlaybackState.Place()
    /// How long it took to apply the inputs since the last checkpoint.
    private var work = Nanoseconds.zero

    init(
        _ course: Playback.Course, after checkpoint: Checkpoint?, _ programs: Programs,
        _ deadLetters: DeadLetterFile?, cores: Int,
        note: @escaping @Sendable (RecordingEntry) -> Void
    ) {
        (origin, history) = (course.origin, course.history)
        engine = checkpoint?.engine ?? Engine(plan: origin.program.plan)
        feed = origin.begin(
            after: checkpoint, programs, deadLetters, cores: cores, forks: course.spacing,
            note: note)
        place.number = engine.number
        place.at = engine.now
        advance()
    }

    /// Where it stands.
    var standing: PlaybackState.Place { place }

    func stop() { feed.stop() }

    /// Applies what comes next.
    mutating func apply(_ input: EngineInput) -> [Effect] {
        let began = monotonicNow()
        let effects = engine.apply(input)
        work = work + Nanoseconds(rawValue: monotonicNow() - began)
        history.note(input, effects, engine.plan)
        if history.isCheckpointDue(at: input.number, after: work), isResumable {
            history.add(Checkpoint(engine: engine, decoder: decoder))
            work = .zero
        }
        place = PlaybackState.Place(
            number: input.number, at: input.receivedAt, units: Self.units(input, effects))
        advance()
        return effects
    }

    /// Whether somebody could go on from here.
    private var isResumable: Bool { decoder != nil || !origin.needsDecoder }

    private mutating func advance() {
        guard !origin.isOver(engine), let decoded = feed.take() else {
            next = nil
            history.finish()
            return
        }
        (next, decoder) = (decoded.input, decoded.decoder)
    }

    private static func units(_ input: EngineInput, _ effects: [Effect]) -> Set<PlaybackUnit> {
        var units: Set<PlaybackUnit> = [.snapshot]
        if case .batch(let batch) = input.content, batch.recordCount > 0 { units.insert(.event) }
        let fires = effects.contains { if case .pane = $0 { true } else { false } }
        if fires { units.insert(.window) }
        return units
    }
}
