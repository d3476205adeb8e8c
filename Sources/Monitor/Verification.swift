import Engine
import Events
import Recording
import Synchronization

/// Runs a recording again and compares the hashes that come out with those that were recorded.
final class Verification: Sendable {
    fileprivate struct State {
        /// By number: what waits for its counterpart.
        var recorded: [UInt64: UInt64] = [:]
        var found: [UInt64: UInt64] = [:]
        var compared = 0
        /// The last one that was recorded before the first damage: what comes behind that may be
        /// of other inputs. The file is read ahead of the engine, so damage is known early.
        var lastSound = UInt64.min
        var differing: (number: UInt64, recorded: UInt64, found: UInt64)?
        var damages: [RecordingDamage] = []
        var damageCount = 0
        var gaps = 0
        var records: UInt64 = 0
        var last: UInt64 = 0
        var lastAt = Timestamp.beginning
    }

    private let recording: RecordedRun
    private let end: RecordingIndex.End?
    private let state = Mutex(State())

    /// Damages that are told one by one.
    private static let toldDamages = 20
    /// Hashes that wait: those of ten seconds come at once, and no more are kept.
    private static let waitingLimit = 10_000

    init(_ recording: RecordedRun) {
        self.recording = recording
        end = RecordingIndex(of: recording.file)?.end
    }

    /// Stops at the first difference.
    func run() throws(Ending) {
        let title = recording.header.title
        guard title.digest == RunDigest.version else {
            throw Ending(
                .failed,
                "\(recording.file.path): recorded by weir \(title.program), whose hashes are of "
                    + "version \(title.digest); this program compares version \(RunDigest.version)")
        }
        guard recording.header.cut == nil else {
            throw Ending(
                .failed,
                "\(recording.file.path): it was cut out of a longer recording, so what it leads "
                    + "to differs, and there is nothing to compare")
        }
        let playback = Playback(recording, cores: availableCores)
        var digest = RunDigest()
        let programs = Programs(recording.program)
        let last = playback.run(programs, nil, note: { [self] in note($0) }) { engine, effects in
            digest.note(effects)
            let snapshot = engine.snapshot()
            if snapshot.number == end?.number {
                note(found: digest.wholeValue(of: snapshot), of: .max)
                note(recorded: end!.hash, of: .max)
            }
            note(found: digest.value(of: snapshot), of: snapshot.number)
            return state.withLock { $0.differing == nil }
        }
        let snapshot = last.snapshot()
        state.withLock {
            $0.records = snapshot.streams.reduce(0) { $0 + $1.books.received }
            ($0.last, $0.lastAt) = (snapshot.number, snapshot.now)
        }
    }

    var isGood: Bool {
        state.withLock { $0.differing == nil && $0.damageCount == 0 && $0.compared > 0 }
    }

    /// What came of it, as one or more lines.
    var words: String {
        state.withLock { state in
            var lines: [String] = []
            if let (number, recorded, found) = state.differing {
                let place = number == .max ? "at the end" : "at snapshot \(number)"
                lines.append(
                    "differs \(place), \(state.lastAt.rfc3339): recorded \(recorded.hexText), "
                        + "now \(found.hexText)")
            } else if state.compared == 0 {
                lines.append("holds no snapshot to compare")
            } else {
                lines.append(
                    "the same as recorded, \(state.compared) snapshots of \(state.records) records")
            }
            lines += state.damages.map { "damaged, \($0)" }
            if state.damageCount > state.damages.count {
                lines.append("and \(state.damageCount - state.damages.count) more damages")
            }
            if end == nil { lines.append("it was not closed: it ends with what was durable") }
            return lines.joined(separator: "\n")
        }
    }

    private func note(_ entry: RecordingEntry) {
        switch entry {
        case .hash(let number, let hash): note(recorded: hash, of: number)
        case .damage(let damage):
            state.withLock {
                $0.damageCount += 1
                if $0.damages.count < Self.toldDamages { $0.damages.append(damage) }
            }
        default: break
        }
    }

    private func note(recorded hash: UInt64, of number: UInt64) {
        state.withLock { state in
            if state.damageCount == 0 { state.lastSound = number }
            if let found = state.found.removeValue(forKey: number) {
                state.compare(number, recorded: hash, found: found)
            } else if state.recorded.count < Self.waitingLimit {
                state.recorded[number] = hash
            }
        }
    }

    private func note(found hash: UInt64, of number: UInt64) {
        state.withLock { state in
            if let recorded = state.recorded.removeValue(forKey: number) {
                state.compare(number, recorded: recorded, found: hash)
            } else {
                if state.found.count >= Self.waitingLimit { state.found = [:] }
                state.found[number] = hash
            }
        }
    }
}

extension Verification.State {
    fileprivate mutating func compare(_ number: UInt64, recorded: UInt64, found: UInt64) {
        guard damageCount == 0 || number <= lastSound, differing == nil else { return }
        compared += 1
        if recorded != found { differing = (number, recorded, found) }
    }
}
