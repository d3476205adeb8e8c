import Connectors
import Engine
import Events
import Foundation
import Synchronization
import Testing

@testable import Monitor

/// A pipeline gives the same results on one core and on several, and ends when it is told to.
@Suite struct PipelineTests {
    private static let views = """
          by_key: count(), avg(x), p99(x) by k over 1s
          all: "count(), sum(x), distinct(k) over 500ms"

        """
    private static let keys = "    time: ts\n    out_of_orderness: 200ms\n"

    /// Several chunks of 256 KiB: values that come and go, events out of order, some late, and
    /// records that can't be used, the first of which is the very first.
    private static func ndjson(_ count: Int, keys: Int = 40) -> String {
        var text = "{\"ts\":\n"
        let rest = String(repeating: "-", count: 150)
        for i in 0..<count {
            let mixed = i &* 2_654_435_761 % 1_000_003
            let time = 1_700_000_000_000 + i - mixed % 400
            switch mixed % 397 {
            case 0: text += "broken \(i)\n"
            case 1: text += "{\"x\":\(i)}\n"
            default:
                text +=
                    "{\"ts\":\(time),\"k\":\"key-\(mixed % keys + i / 4096)\",\"x\":\(mixed),"
                    + "\"rest\":\"\(rest)\"}\n"
            }
        }
        return text
    }

    private static func csv(_ count: Int) -> String {
        var text = "ts,k,x\n"
        for i in 0..<count {
            let mixed = i &* 2_654_435_761 % 1_000_003
            text +=
                mixed % 397 == 0 ? "a,b\n" : "\(1_700_000_000 + i / 8).5,k\(mixed % 9),\(mixed)\n"
        }
        return text
    }

    /// That both are the same, and not nothing.
    private func compare(_ trial: PipelineTrial, replayed: Bool = false) throws {
        defer { trial.remove() }
        let one = try trial.results(cores: 1, replayed: replayed)
        for _ in 1...2 {
            try? FileManager.default.removeItem(at: trial.letters(2))
            let two = try trial.results(cores: 2, replayed: replayed)
            let same = one == two
            #expect(same)
        }
        #expect(one.panes.values.allSatisfy { $0.count > 5 } && one.panes.count >= 2)
        #expect(one.books.allSatisfy { $0.balance && $0.accepted > 1000 })
        #expect(one.books[0].deadLettered > 10)
        let letters = one.letters.split(separator: "\n").count
        #expect(letters == one.books.map { Int($0.deadLettered) }.reduce(0, +))
    }

    @Test(arguments: [false, true]) func jsonOnAnyCores(replayed: Bool) throws {
        let trial = try PipelineTrial(
            streams: [("a.ndjson", Self.ndjson(10_000), Self.keys)], views: Self.views)
        try compare(trial, replayed: replayed)
    }

    /// More values than a dictionary holds.
    @Test func manyKeysOnAnyCores() throws {
        let trial = try PipelineTrial(
            streams: [("a.ndjson", Self.ndjson(25_000, keys: 30_000), Self.keys)],
            views: Self.views)
        try compare(trial)
    }

    @Test func csvOnAnyCores() throws {
        let trial = try PipelineTrial(
            streams: [("a.csv", Self.csv(40_000), Self.keys)], views: Self.views)
        try compare(trial)
    }

    @Test func severalStreamsOnAnyCores() throws {
        let views =
            "  a: count(), sum(x) from s0 by k over 1s\n  b: count(), avg(x) from s1 by k over 1s\n"
        let trial = try PipelineTrial(
            streams: [
                ("a.csv", Self.csv(20_000), Self.keys),
                ("b.ndjson", Self.ndjson(10_000), Self.keys),
            ], views: views)
        defer { trial.remove() }
        let (one, two) = (try trial.results(cores: 1), try trial.results(cores: 2))
        let same = one.panes == two.panes && one.books == two.books
        #expect(same)
        #expect(one.panes.count == 2 && one.books[0].accepted > 1000)
    }

    /// Which waits for nothing: not for the sources, and not for the decoder that waits for it.
    @Test(arguments: [1, 2]) func theBodySaysStop(cores: Int) throws {
        let trial = try PipelineTrial(
            streams: [("a.ndjson", Self.ndjson(20_000), Self.keys)], views: Self.views)
        defer { trial.remove() }
        let pipeline = try trial.pipeline(cores: cores)
        let inputs = Mutex(0)
        let errand = Errand {
            _ = pipeline.run { _, _ in
                if cores > 1 {
                    #expect(eventually { pipeline.decodedAhead >= DecodeAhead.limit / 2 })
                }
                return inputs.withLock {
                    $0 += 1
                    return $0 < 3
                }
            }
        }
        #expect(errand.hasEnded())
        #expect(inputs.withLock { $0 } == 3)
        #expect(pipeline.queue.isStopping)
    }

    /// Somebody else says stop while the engine works and all are waiting for room.
    @Test func stopWhileTheDecoderWaits() throws {
        let trial = try PipelineTrial(
            streams: [("a.ndjson", Self.ndjson(25_000), Self.keys)], views: Self.views)
        defer { trial.remove() }
        let pipeline = try trial.pipeline(cores: 2)
        let (reached, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let applied = Mutex(0)
        let errand = Errand {
            _ = pipeline.run { _, _ in
                applied.withLock { $0 += 1 }
                reached.signal()
                mayGoOn.wait()
                return true
            }
        }
        reached.wait()
        #expect(eventually { pipeline.decodedAhead == DecodeAhead.limit })
        #expect(eventually { pipeline.queue.depth.chunks > 2 })
        #expect(pipeline.depth.lines > pipeline.queue.depth.lines)
        pipeline.end()
        mayGoOn.signal()
        #expect(errand.hasEnded())
        #expect(applied.withLock { $0 } == 1, "what is decoded by then is left")
    }

    /// No record waits for a second one.
    @Test(arguments: [1, 2]) func aRecordIsAppliedAtOnce(cores: Int) throws {
        let trial = try PipelineTrial(
            streams: [("a.ndjson", Self.ndjson(0), Self.keys)], views: Self.views)
        defer { trial.remove() }
        let pipeline = try trial.pipeline(cores: cores, follow: true)
        let received = Mutex<UInt64>(0)
        let errand = Errand {
            _ = pipeline.run { engine, _ in
                received.withLock { $0 = engine.snapshot().streams[0].books.received }
                return true
            }
        }
        #expect(eventually { received.withLock { $0 } == 1 })
        pipeline.queue.report(SourceChange(stream: 0, source: "x", state: .opened(partitions: [0])))
        for i in 0..<20 {
            let chunk = Chunk(
                stream: 0, origin: Origin(source: "x"), firstOffset: Int64(i), lines: 1,
                bytes: RecordBytes(Array("{\"ts\":\(1_700_000_000_000 + i)}\n".utf8)))
            #expect(pipeline.queue.admit(chunk))
            #expect(eventually { received.withLock { $0 } == UInt64(i) + 2 })
        }
        pipeline.end()
        #expect(errand.hasEnded())
    }
}
