import Connectors
import Engine
import Events
import Panels
import Recording
import Synchronization

/// Plays a recording or a file: what comes next and when, as whoever watches wants it.
///
/// The thread of the engine asks before each input; any thread may pause, seek or step. To go back
/// is to begin anew from the last checkpoint before the place that is wanted, as fast as it goes.
/// Results don't depend on any of that: what is applied, and in which order, is the origin's.
final class Playback: Sendable {
    /// What is played now, and what is known of it.
    struct Course: Sendable {
        let origin: any PlaybackOrigin
        let history: PlaybackHistory
        let spacing: Nanoseconds

        init(_ origin: any PlaybackOrigin, spacing: Nanoseconds) {
            (self.origin, self.spacing) = (origin, spacing)
            history = PlaybackHistory(end: origin.end, spacing: spacing)
        }
    }

    private let course: Mutex<Course>
    private let cores: Int
    private let exchange: Exchange<PlaybackState>

    /// `spacing`: the work between two checkpoints, at first.
    init(_ origin: any PlaybackOrigin, cores: Int, spacing: Nanoseconds = .milliseconds(50)) {
        course = Mutex(Course(origin, spacing: spacing))
        self.cores = cores
        exchange = Exchange(PlaybackState())
    }

    var timeline: Timeline { course.withLock { $0.history.timeline } }

    /// How it plays now.
    var state: PlaybackState { exchange.read { $0 } }

    /// Whether it can't go back.
    var isOneWay: Bool { course.withLock { $0.origin.isOneWay } }

    /// False for the first moments of a way to another place.
    var isWorthALook: Bool { exchange.read { $0.isWorthALook(at: monotonicNow()) } }

    func change(_ body: (inout PlaybackState) -> Void) { exchange.update(body) }

    /// From any thread: ends `run`.
    func end() { exchange.stop() }

    /// Plays until the end, until `body` or somebody else says stop. `note` sees what is no input.
    func run(
        _ programs: Programs, _ deadLetters: DeadLetterFile?,
        note: @escaping @Sendable (RecordingEntry) -> Void = sayDamage,
        _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Engine {
        var (start, say) = (Checkpoint?.none, note)
        var survey = survey(programs)
        defer { survey?.stop() }
        while true {
            let course = self.course.withLock { $0 }
            var round = PlaybackRound(
                course, after: start, programs, deadLetters, cores: cores, note: say)
            defer { round.stop() }
            switch try play(&round, course.history, body) {
            case .over: return round.engine
            case .seeks(let target): start = course.history.checkpoint(upTo: target)
            case .steps(let unit):
                let number = self.number(of: unit, before: round.standing.number, course, programs)
                change { $0.target = .number(number) }
                start = course.history.checkpoint(upTo: .number(number))
            case .shows(let number):
                survey?.stop()
                self.course.withLock {
                    $0 = Course($0.origin.showing(programs[number]), spacing: $0.spacing)
                }
                survey = self.survey(programs)
                start = nil
            }
            // What is lost was said the first time.
            say = { _ in }
        }
    }

    /// Somebody who looks at all of it ahead of whoever watches; nobody where it is played as fast
    /// as it goes, or to its end.
    private func survey(_ programs: Programs) -> Survey? {
        guard state.staysOpen, state.speed.isFinite, !isOneWay else { return nil }
        return Survey(course.withLock { $0 }, programs)
    }

    private enum Outcome {
        case over
        case seeks(PlaybackTarget)
        case steps(PlaybackUnit)
        case shows(Int)
    }

    /// Plays a round to its end, or until somebody wants to be elsewhere.
    private func play(
        _ round: inout PlaybackRound, _ history: PlaybackHistory,
        _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Outcome {
        while true {
            let place = round.standing
            let move = exchange.take {
                $0.look(at: round.next, place, now: monotonicNow()) { target in
                    history.checkpoint(upTo: target)?.number ?? 0 > place.number
                }
            }
            switch move {
            case .apply?:
                guard let input = round.next else { return .over }
                let effects = round.apply(input)
                guard try body(round.engine, effects) else { return .over }
            case .idle?: guard try body(round.engine, []) else { return .over }
            case .restart? where isOneWay: change { $0.stay() }
            case .findBefore? where isOneWay: change { $0.stay() }
            case .restart?:
                if let number = exchange.update({ $0.takeShown() }) { return .shows(number) }
                guard let target = state.target else { continue }
                return .seeks(target)
            case .findBefore(let unit)?: return .steps(unit)
            case .stop?, nil: return .over
            }
        }
    }

    /// The last input before that number that a step could be made to; 0: there is none.
    private func number(
        of unit: PlaybackUnit, before number: UInt64, _ course: Course, _ programs: Programs
    ) -> UInt64 {
        if unit == .snapshot { return number - 1 }
        var end = number
        while end > 0 {
            let start = course.history.checkpoint(upTo: .number(end - 1))
            var round = PlaybackRound(
                course, after: start, programs, nil, cores: cores, note: { _ in })
            defer { round.stop() }
            var found: UInt64?
            while let input = round.next, input.number < number, !exchange.isStopped {
                _ = round.apply(input)
                if round.standing.units.contains(unit) { found = input.number }
            }
            if let found { return found }
            end = start?.number ?? 0
        }
        return 0
    }
}

extension RecordedRun {
    func decoder(_ programs: Programs, _ deadLetters: DeadLetterFile? = nil) -> InputDecoder {
        InputDecoder(
            program, openedAt: header.title.startedAt, deadLetters: deadLetters,
            programs: programs)
    }
}

/// Says what is lost of a recording.
let sayDamage: @Sendable (RecordingEntry) -> Void = { entry in
    if case .damage(let damage) = entry { Output.say("the recording is damaged: \(damage)") }
}
