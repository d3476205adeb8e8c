import Connectors
import Engine
import Events
import Recording

/// Plays a recording: what comes next and when, as whoever watches wants it.
///
/// The thread of the engine asks before each input; any thread may pause, seek or step. Going back
/// is a new beginning, played to the place that is wanted as fast as it goes. Results don't depend
/// on any of that: what is applied, and in which order, is the recording's.
final class Playback: Sendable {
    let recording: RecordedRun
    private let cores: Int
    private let exchange: Exchange<PlaybackState>

    init(_ recording: RecordedRun, cores: Int) {
        self.recording = recording
        self.cores = cores
        exchange = Exchange(PlaybackState())
    }

    /// How it plays now.
    var state: PlaybackState { exchange.read { $0 } }

    func change(_ body: (inout PlaybackState) -> Void) { exchange.update(body) }

    /// From any thread: ends `run`.
    func end() { exchange.stop() }

    /// Plays until the end, until `body` or somebody else says stop. `note` sees what is no input.
    func run(
        _ programs: Programs, _ deadLetters: DeadLetterFile?,
        note: @escaping @Sendable (RecordingEntry) -> Void = sayDamage,
        _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Engine {
        while true {
            var engine = Engine(plan: recording.program.plan)
            let isOver = try round(&engine, programs, deadLetters, note, body)
            if isOver { return engine }
        }
    }

    /// From the beginning. False: somebody wants to go back.
    private func round(
        _ engine: inout Engine, _ programs: Programs, _ deadLetters: DeadLetterFile?,
        _ note: @escaping @Sendable (RecordingEntry) -> Void,
        _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Bool {
        let feed = RecordedFeed(recording, programs, note: note)
        let ahead = cores > 1 ? DecodeAhead() : nil
        var threads = [WorkerThread { feed.run() }]
        if let ahead {
            threads.append(
                WorkerThread { [recording] in
                    ahead.run(recording.decoder(programs, deadLetters), next: feed.take)
                })
        }
        defer {
            feed.stop()
            ahead?.stop()
            for thread in threads { thread.join() }
        }
        var decoder = recording.decoder(programs, deadLetters)
        func take() -> EngineInput? {
            guard let ahead else { return feed.take().map { decoder.decode($0) } }
            return ahead.take()
        }
        var place = PlaybackState.Place()
        var next = take()
        while true {
            switch exchange.take({ $0.look(at: next, place, now: nanoseconds(CLOCK_MONOTONIC)) }) {
            case .apply?:
                guard let input = next else { return true }
                let effects = engine.apply(input)
                place = PlaybackState.Place(number: input.number, at: input.receivedAt)
                guard try body(engine, effects) else { return true }
                next = take()
            case .idle?: guard try body(engine, []) else { return true }
            case .restart?: return false
            case .stop?, nil: return true
            }
        }
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

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
