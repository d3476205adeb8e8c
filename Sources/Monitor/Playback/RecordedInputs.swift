import Connectors
import Engine
import Events
import Recording

/// A recording that is played: read on one thread, decoded on another where there are two cores.
final class RecordedInputs: PlaybackFeed {
    private let feed: RecordedFeed
    /// nil on a single core.
    private let ahead: DecodeAhead?
    private var decoder: InputDecoder
    /// The decoder's state goes with an input so often.
    private let interval: Nanoseconds
    private var forkedAt: Int64 = 0
    private var threads: [WorkerThread]

    init(
        _ recording: RecordedRun, after checkpoint: Checkpoint?, _ programs: Programs,
        _ deadLetters: DeadLetterFile?, cores: Int, forks interval: Nanoseconds,
        note: @escaping @Sendable (RecordingEntry) -> Void
    ) {
        self.interval = interval
        let feed = RecordedFeed(recording, after: checkpoint?.number ?? 0, programs, note: note)
        let state =
            checkpoint?.decoder ?? DecoderState(recording.decoder(programs, deadLetters))
        let ahead = cores > 1 ? DecodeAhead() : nil
        (self.feed, self.ahead, decoder) = (feed, ahead, state.fork())
        threads = [WorkerThread { feed.run() }]
        if let ahead {
            threads.append(
                WorkerThread {
                    ahead.run(state.fork(), forks: interval, next: feed.take)
                })
        }
    }

    func take() -> DecodedInput? {
        if let ahead { return ahead.take() }
        guard let input = feed.take() else { return nil }
        var decoded = DecodedInput(input: decoder.decode(input))
        if monotonicNow() - forkedAt >= interval.rawValue {
            forkedAt = monotonicNow()
            decoded.decoder = DecoderState(decoder)
        }
        return decoded
    }

    func stop() {
        feed.stop()
        ahead?.stop()
        for thread in threads { thread.join() }
        threads = []
    }
}

extension RecordedRun: PlaybackOrigin {
    func begin(
        after checkpoint: Checkpoint?, _ programs: Programs, _ deadLetters: DeadLetterFile?,
        cores: Int, forks interval: Nanoseconds,
        note: @escaping @Sendable (RecordingEntry) -> Void
    ) -> any PlaybackFeed {
        RecordedInputs(
            self, after: checkpoint, programs, deadLetters, cores: cores, forks: interval,
            note: note)
    }

    var needsDecoder: Bool { true }
    var isOneWay: Bool { false }

    var end: Timestamp { RecordingIndex(of: file)?.frames.last?.at ?? .beginning }

    /// It is open.
    func check() {}

    func isOver(_ engine: borrowing Engine) -> Bool { false }
}
