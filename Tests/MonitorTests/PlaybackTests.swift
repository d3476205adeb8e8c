import Configuration
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
        _ origin: (any PlaybackOrigin)? = nil, cores: Int = 2,
        spacing: Nanoseconds = .milliseconds(50),
        _ change: (inout PlaybackState) -> Void = { _ in },
        after: (UInt64, Playback) -> Void = { _, _ in }
    ) throws -> [UInt64: UInt64] {
        let origin = try origin ?? RecordedRun(path)
        let playback = Playback(origin, cores: cores, spacing: spacing)
        playback.change(change)
        var trace: [UInt64: UInt64] = [:]
        // Effects are hashed in a chain, which goes on from where the inputs do.
        var digests: [UInt64: RunDigest] = [:]
        var last: UInt64 = 0
        _ = playback.run(Programs(origin.program), nil) { engine, effects in
            let snapshot = engine.snapshot()
            if snapshot.number != last {
                last = snapshot.number
                #expect(last == 1 || digests[last - 1] != nil, "\(last) follows nothing")
                digests[last] = digests[last - 1] ?? RunDigest()
                digests[last]!.note(effects)
            }
            let hash = digests[last, default: RunDigest()].wholeValue(of: snapshot)
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

    /// With a checkpoint wherever the decoder's state comes by, and with none.
    @Test(arguments: [1, 2], [Nanoseconds.zero, .seconds(3600)])
    func theSameAfterGoingBackAndForth(cores: Int, spacing: Nanoseconds) throws {
        let first = try trace()
        let again = try turned(RecordedRun(path), cores: cores, spacing: spacing)
        #expect(again == first)
    }

    /// A header of a file, and the unit of its times, are learned from its first lines; a
    /// checkpoint that forgot them would make something else of the others.
    @Test(arguments: ["csv", "logfmt", "json"]) func theSameOfAFile(format: String) throws {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString).\(format)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        try lines(format).write(toFile: file, atomically: true, encoding: .utf8)
        let dashboard = try Dashboard(
            reading: """
                version: 1
                streams: { s: { from: "\(file)", time: t, format: \(format) } }
                views: { v: "sum(n) as total by k over 1s" }
                alerts: { a: { when: v.total > 150, for: 2s } }
                """, file: "test")
        let options = SourceOptions(follow: false)
        let origin = PlainRun(program: Program(dashboard, options), options: options)
        let first = try trace(origin)
        #expect(first.count > 170)
        #expect(try turned(origin, cores: 2, spacing: .zero) == first)
    }

    /// 40,000 records, 20 s of them.
    private func lines(_ format: String) -> String {
        let header = format == "csv" ? "t,k,n\n" : ""
        return header
            + (0..<40_000).map { i in
                let (t, k, n) = (1_764_000_000_000 + i / 2, "abc".dropFirst(i % 3).prefix(1), i % 7)
                return switch format {
                case "csv": "\(t),\(k),\(n)\n"
                case "logfmt": "t=\(t) k=\(k) n=\(n)\n"
                default: "{\"t\":\(t),\"k\":\"\(k)\",\"n\":\(n)}\n"
                }
            }.joined()
    }

    /// Turned back and on at several places.
    private func turned(
        _ origin: any PlaybackOrigin, cores: Int, spacing: Nanoseconds
    ) throws -> [UInt64: UInt64] {
        let turns = Mutex([100: 20, 60: 150, 160: 140, 141: 3] as [UInt64: UInt64])
        let trace = try trace(
            origin, cores: cores, spacing: spacing,
            after: { number, playback in
                guard let target = turns.withLock({ $0.removeValue(forKey: number) }) else {
                    return
                }
                playback.change { $0.target = .number(target) }
            })
        #expect(turns.withLock { $0.count } == 0)
        return trace
    }

    /// Checkpoints are used: what is far behind isn't applied again on the way back.
    @Test func aWayBackIsShort() throws {
        let applied = Mutex<[UInt64]>([])
        let hasTurned = Mutex(false)
        _ = try trace(
            cores: 1, spacing: .zero,
            after: { number, playback in
                let isTurn =
                    number == 170
                    && hasTurned.withLock { hasTurned in
                        defer { hasTurned = true }
                        return !hasTurned
                    }
                if hasTurned.withLock({ $0 }) { applied.withLock { $0.append(number) } }
                if isTurn { playback.change { $0.target = .number(160) } }
            })
        #expect(applied.withLock { $0.min() ?? 0 } > 100)
    }

    /// A window's end, back from where it stands, and on from there.
    @Test func stepsByWindowBothWays() throws {
        let recording = try RecordedRun(path)
        let fires = Mutex<[UInt64]>([])
        let stops = Mutex<[UInt64]>([])
        let playback = Playback(recording, cores: 1, spacing: .zero)
        playback.change { ($0.staysOpen, $0.isPaused, $0.target) = (true, true, .number(170)) }
        var last: UInt64 = 0
        _ = playback.run(Programs(recording.program), nil) { engine, effects in
            let fired = effects.contains { if case .pane = $0 { true } else { false } }
            if fired { fires.withLock { $0.append(engine.number) } }
            defer { last = engine.number }
            guard engine.number == last else { return true }
            let count = stops.withLock { stops in
                if stops.last != last { stops.append(last) }
                return stops.count
            }
            switch count {
            case 1: playback.change { $0.obey(.step(-1, .window)) }
            case 2: playback.change { $0.obey(.step(-2, .window)) }
            case 3: playback.change { $0.obey(.step(1, .window)) }
            default: return false
            }
            return true
        }
        let known = Array(Set(fires.withLock { $0 }.filter { $0 <= 170 })).sorted()
        let before = known.filter { $0 < 170 }
        try #require(before.count > 2)
        let expected = [170, before.last!, before[before.count - 3], before[before.count - 2]]
        #expect(stops.withLock { $0 } == expected)
    }

    /// A range is played again and again, and nothing outside of it.
    @Test func loops() throws {
        let recording = try RecordedRun(path)
        let start = try Timestamp.of(number: 80, in: recording)
        let end = try Timestamp.of(number: 100, in: recording)
        let seen = Mutex<[UInt64]>([])
        let playback = Playback(recording, cores: 1, spacing: .zero)
        playback.change {
            $0.staysOpen = true
            $0.obey(.seek(.instant(start)))
            $0.loop = start...end
        }
        _ = playback.run(Programs(recording.program), nil) { engine, _ in
            seen.withLock { seen in
                seen.append(engine.number)
                return seen.count { $0 == 100 } < 3
            }
        }
        let numbers = seen.withLock { $0 }
        #expect(numbers.max() == 100 && numbers.count { $0 == 90 } >= 3)
    }

    /// Another dashboard shows the place where it stands, as if it had been there from the start.
    @Test func anotherDashboardOfThePlace() throws {
        let recording = try RecordedRun(path)
        let programs = Programs(recording.program)
        let playback = Playback(recording, cores: 1, spacing: .zero)
        playback.change { ($0.staysOpen, $0.isPaused, $0.target) = (true, true, .number(150)) }
        let stream = recording.program.dashboard.streams[0].name
        let next = try recording.program.dashboard.adding(
            query: "count() from \(stream) over 1s")
        var found: EngineSnapshot?
        _ = playback.run(programs, nil) { engine, effects in
            let snapshot = engine.snapshot()
            guard snapshot.number == 150, effects.isEmpty else { return true }
            if snapshot.plan == 0 {
                let number = programs.add(next)
                playback.change { $0.shown = number }
                return true
            }
            found = snapshot
            return false
        }
        let view = try #require(found?.views.last)
        #expect(view.history.count > 2, "windows of before it was asked")
    }

    /// What the timeline knows is what there is.
    @Test func theTimelineKnowsItAll() throws {
        let recording = try RecordedRun(path)
        let playback = Playback(recording, cores: 2)
        let marks = Mutex<[UInt64]>([])
        let last = playback.run(Programs(recording.program), nil) { engine, effects in
            for case .alert(_, let change) in effects where change.transition.to == .firing {
                marks.withLock { $0.append(engine.number) }
            }
            return true
        }
        let timeline = playback.timeline
        let received = last.snapshot().streams.reduce(0) { $0 + $1.books.received }
        #expect(timeline.isWhole && timeline.records.reduce(0, +) == Int(received))
        #expect(timeline.marks.map(\.number) == marks.withLock { $0 })
        #expect(timeline.end == last.now)
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
                case (50, false): playback.change { $0.obey(.step(2, .snapshot)) }
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

extension Timestamp {
    /// The stamp of that input.
    fileprivate static func of(number: UInt64, in recording: RecordedRun) throws -> Timestamp {
        let reader = try RecordingReader(recording.file)
        while let entry = reader.next() {
            if case .input(let input) = entry, input.number == number { return input.receivedAt }
        }
        throw CocoaError(.fileNoSuchFile)
    }
}
