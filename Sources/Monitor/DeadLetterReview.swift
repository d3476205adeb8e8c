import Connectors
import Engine
import Events

/// The records of a recording that couldn't be used, and what becomes of them by another dashboard.
///
/// Both decode the whole recording, for how a record is read may depend on those before it: on a
/// header of CSV, or on the first epoch time.
struct DeadLetterReview {
    struct Letter {
        /// Of the recorded dashboard.
        var stream: String
        var receivedAt: Timestamp
        var letter: DeadLetter
        var now: Verdict?
    }

    /// What the other dashboard makes of it.
    enum Verdict: Hashable {
        case usable
        case dead(DeadLetter.Reason)
        /// It has no such stream.
        case notRead
    }

    private let recording: RecordedRun
    private let other: RecordedRun?
    private(set) var records = 0
    private(set) var letters = 0
    private(set) var usable = 0
    /// Records that only the other dashboard can't use.
    private(set) var newlyDead = 0

    init(_ recording: RecordedRun, by other: RecordedRun?) {
        self.recording = recording
        self.other = other
    }

    /// In the order in which they came, those of a chunk at a time; until `body` says stop.
    mutating func run(_ body: ([Letter]) throws(Ending) -> Bool) throws(Ending) {
        let programs = Programs(recording.program)
        let feed = RecordedFeed(recording, programs, note: sayDamage)
        let thread = WorkerThread { feed.run() }
        defer {
            feed.stop()
            thread.join()
        }
        var decoder = recording.decoder(programs)
        var second = other.map { ($0, $0.decoder(Programs($0.program))) }
        while let input = feed.take() {
            let batch = Self.batch(decoder.decode(input))
            let again = second?.0.shown(input).flatMap { Self.batch(second!.1.decode($0)) }
            guard let batch else { continue }
            let found = review(batch, again)
            if !found.isEmpty, try !body(found) { return }
        }
    }

    private static func batch(_ input: EngineInput) -> ColumnBatch? {
        if case .batch(let batch) = input.content { batch } else { nil }
    }

    private mutating func review(_ batch: ColumnBatch, _ again: ColumnBatch?) -> [Letter] {
        let reasons = Dictionary(
            (again?.deadLetters ?? []).map { ($0.offset, $0.reason) }, uniquingKeysWith: { $1 })
        let found = batch.deadLetters.map { letter in
            Letter(
                stream: recording.recorded.streams[batch.stream].name,
                receivedAt: batch.receivedAt, letter: letter,
                now: other.map { _ in verdict(letter, again, reasons) })
        }
        records += batch.recordCount
        letters += found.count
        usable += found.count { $0.now == .usable }
        let stillDead = found.count { if case .dead = $0.now { true } else { false } }
        newlyDead += reasons.count - stillDead
        return found
    }

    private func verdict(
        _ letter: DeadLetter, _ again: ColumnBatch?, _ reasons: [Int64: DeadLetter.Reason]
    ) -> Verdict {
        guard again != nil else { return .notRead }
        return reasons[letter.offset].map(Verdict.dead) ?? .usable
    }
}
