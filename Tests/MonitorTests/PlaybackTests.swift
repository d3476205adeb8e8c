import Engine
import Events
import Foundation
import Recording
import Synchronization
import Testing

@testable import Monitor

/// A recording that was made once is run again, in many ways: the same each time.
@Suite struct PlaybackTests {
    private let path = Repository.path("Tests/RecordingTests/Recordings/format-1.weir")

    /// Of each number the hash of the whole snapshot. A number that comes twice is the same twice.
    private func trace(
        cores: Int = 2, _ change: (inout PlaybackState) -> Void = { _ in },
        after: (UInt64, Playback) -> Void = { _, _ in }
    ) throws -> [UInt64: UInt64] {
        let recording = try RecordedRun(path)
        let playback = Playback(recording, cores: cores)
        playback.change(change)
        var trace: [UInt64: UInt64] = [:]
        var digest = RunDigest()
        var last: UInt64 = 0
        _ = playback.run(Programs(recording.program), nil) { engine, effects in
            let snapshot = engine.snapshot()
            if snapshot.number < last { digest = RunDigest() }
            last = snapshot.number
            digest.note(effects)
            let hash = digest.wholeValue(of: snapshot)
            #expect(trace[last] == nil || trace[last] == hash, "snapshot \(last)")
            trace[last] = hash
            after(last, playback)
            return true
        }
        return trace
    }

    @Test func theSameWhateverTheSpeedAndTheCores() throws {
        let first = try trace()
        #expect(first.count > 170)
        #expect(try trace(cores: 1) == first)
        #expect(try trace { $0.speed = 40 } == first)
        #expect(try trace(cores: 1) { $0.speed = 100 } == first)
    }

    @Test func theSameAfterGoingBackAndForth() throws {
        let first = try trace()
        let turns = Mutex([100: 20, 60: 150, 160: 3] as [UInt64: UInt64])
        let again = try trace(
            after: { number, playback in
                guard let target = turns.withLock({ $0.removeValue(forKey: number) }) else {
                    return
                }
                playback.change { $0.target = .number(target) }
            })
        #expect(again == first && turns.withLock { $0.count } == 0)
    }

    /// While it stands still it goes a step, and no further; a seek ends where it was to.
    @Test func stepsAndSeeks() throws {
        let seen = Mutex<[UInt64]>([])
        _ = try trace(cores: 1) {
            ($0.staysOpen, $0.isPaused, $0.target) = (true, true, .number(50))
        } after: { number, playback in
            seen.withLock { seen in
                let isNews = seen.last != number
                seen.append(number)
                switch (number, isNews) {
                // Idle there: it stays.
                case (50, false): playback.change { $0.steps = 2 }
                case (52, false): playback.change { $0.target = .number(51) }
                case (51, false): playback.change { $0.target = .instant(.end) }
                case (_, false): playback.end()
                default: break
                }
            }
        }
        let stops = seen.withLock { seen in
            zip(seen, seen.dropFirst()).filter { $0 == $1 }.map(\.0)
        }
        #expect(stops == [50, 52, 51, seen.withLock { $0.max()! }])
    }

    @Test func verifyFindsItTheSame() throws {
        let verification = Verification(try RecordedRun(path))
        try verification.run()
        #expect(verification.isGood && verification.words.hasPrefix("the same as recorded"))
    }

    /// A record that is another than on the day is seen at the next tick.
    @Test func verifyFindsTheFirstDifference() throws {
        let changed = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString).weir").path
        defer { try? FileManager.default.removeItem(atPath: changed) }
        let at = try rewrite(to: changed) { text in
            text.replacingOccurrences(of: "\"latency_ms\":250", with: "\"latency_ms\":2500")
        }
        let verification = Verification(try RecordedRun(changed))
        try verification.run()
        #expect(!verification.isGood)
        let words = verification.words
        let place = words.firstRange(of: /differs at snapshot (\d+)/).map { words[$0] } ?? ""
        let number = try #require(UInt64(place.split(separator: " ").last ?? ""))
        // The value shows when its window fires, two or three seconds later.
        #expect(at < number && number < at + 80, "changed at \(at): \(words)")
    }

    /// Writes the recording anew with the records changed; the first number that is another.
    private func rewrite(to path: String, _ change: (String) -> String) throws -> UInt64 {
        let reader = try RecordingReader(RecordingFile(self.path))
        let writer = try RecordingWriter(path: path, header: reader.header, id: 1)
        var first: UInt64?
        while let entry = reader.next() {
            switch entry {
            case .input(var input):
                if case .chunk(var chunk) = input.input {
                    let text = String(decoding: chunk.bytes.bytes, as: UTF8.self)
                    if change(text) != text { first = first ?? input.number }
                    chunk.bytes = RecordBytes(Array(change(text).utf8))
                    input.input = .chunk(chunk)
                }
                writer.append(input)
            case .hash(let number, let hash): writer.append(hash: hash, of: number)
            default: continue
            }
        }
        try writer.close(hash: nil)
        return try #require(first)
    }
}
