import Events
import Foundation
import Synchronization
import Testing

@testable import Monitor

@Suite struct InputQueueTests {
    private static let start = Timestamp(rawValue: 1_700_000_000_000_000_000)

    private let clock = HandClock(Self.start)

    private func chunk(_ source: String, _ number: Int, bytes: Int = 100) -> Chunk {
        Chunk(
            stream: 0, origin: Origin(source: source), firstOffset: Int64(number), lines: 1,
            bytes: RecordBytes(capacity: bytes) { buffer in
                memset(buffer.baseAddress!, 10, bytes)
                return bytes
            })
    }

    private func place(_ input: NumberedInput?) -> String? {
        switch input?.input {
        case .chunk(let chunk): "\(chunk.origin.source) \(chunk.firstOffset)"
        case .tick(let time): "tick \((time - Self.start).rawValue / 1_000_000)"
        case .source(let change): "\(change.state)"
        case .loss(let loss): "\(loss.count) lost"
        case .lag: "lag"
        case .operator: "operator"
        case .restored: "restored"
        case .dashboard(let number): "dashboard \(number)"
        case nil: nil
        }
    }

    /// A tick comes before what is stamped later, whoever waits, and again as soon as it is over.
    @Test func ticksLieBetweenTheInputs() {
        let queue = InputQueue(clock: clock)
        #expect(queue.admit(chunk("a", 0)))
        #expect(place(queue.take()) == "a 0")
        clock.set(Self.start + .milliseconds(250))
        #expect(queue.admit(chunk("a", 1)))
        clock.set(Self.start + .milliseconds(320))
        queue.report(SourceChange(stream: 0, source: "a", state: .ended))
        clock.set(Self.start + .milliseconds(401))
        let places = (0..<6).map { _ in queue.take() }
        #expect(
            places.map(place) == ["tick 100", "tick 200", "a 1", "tick 300", "ended", "tick 400"])
        #expect(places.map { $0?.number } == [2, 3, 4, 5, 6, 7])
    }

    /// Whoever waits is woken by what comes, and by a stop.
    @Test func theTakerWaits() {
        let queue = InputQueue(clock: clock)
        let taken = Mutex<[String?]>([])
        let errand = Errand {
            for _ in 0..<3 {
                let place = place(queue.take())
                taken.withLock { $0.append(place) }
            }
        }
        #expect(queue.admit(chunk("a", 0)))
        #expect(eventually { taken.withLock { $0.count } == 1 })
        queue.report(SourceChange(stream: 0, source: "a", state: .ended))
        #expect(eventually { taken.withLock { $0.count } == 2 })
        queue.stop()
        #expect(errand.hasEnded())
        #expect(taken.withLock { $0 } == ["a 0", "ended", nil])
        #expect(!queue.admit(chunk("a", 1)) && queue.isStopping)
    }

    /// A source that reads ahead is held back, and goes on; nothing is lost or turned round.
    @Test func aSourceIsHeldBack() {
        let queue = InputQueue(clock: clock)
        let errand = Errand {
            for i in 0..<500 { #expect(queue.admit(chunk("a", i), readAhead: 400)) }
        }
        for i in 0..<500 {
            // From time to time until nothing more can come: it goes on when half is taken.
            if i % 100 == 0 {
                #expect(eventually { queue.depth.chunks >= 3 }, "\(queue.depth)")
            }
            #expect(queue.depth.chunks <= 4)
            #expect(place(queue.take()) == "a \(i)")
        }
        #expect(errand.hasEnded())
        #expect(queue.depth == (0, 0, 0))
    }

    /// Sources that wait for room are all served, each in its order, and the bounds hold.
    @Test func sourcesShareTheRoom() {
        let queue = InputQueue(clock: clock)
        let each = 40
        let errands = ["a", "b", "c"].map { source in
            Errand {
                for i in 0..<each { #expect(queue.admit(chunk(source, i, bytes: 3 << 20))) }
            }
        }
        #expect(eventually { queue.depth.chunks == 5 })
        var next: [String: Int64] = [:]
        for _ in 0..<(3 * each) {
            #expect(queue.depth.bytes <= InputQueue.byteLimit)
            guard case .chunk(let chunk) = queue.take()?.input else { break }
            #expect(chunk.firstOffset == next[chunk.origin.source, default: 0])
            next[chunk.origin.source, default: 0] += 1
        }
        #expect(next == ["a": 40, "b": 40, "c": 40])
        for errand in errands { #expect(errand.hasEnded()) }
    }

    @Test func stopFreesWhoeverWaits() {
        let queue = InputQueue(clock: clock)
        #expect(queue.admit(chunk("a", 0, bytes: 15 << 20)))
        let refused = Mutex(0)
        let errands = (0..<3).map { i in
            Errand {
                let isAdmitted = queue.admit(
                    chunk(i == 0 ? "a" : "b", 1, bytes: 2 << 20), readAhead: 1 << 20)
                if !isAdmitted { refused.withLock { $0 += 1 } }
            }
        }
        queue.stop()
        for errand in errands { #expect(errand.hasEnded()) }
        #expect(refused.withLock { $0 } == 3)
    }

    @Test func coresThatMayBeUsed() {
        #expect(
            coresAllowed(inStatus: "Name:\tweir\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1") == 2)
        #expect(coresAllowed(inStatus: "Cpus_allowed:\t00000003,ffffffff\n") == 34)
        #expect(coresAllowed(inStatus: "Cpus_allowed:\t2\n") == 1)
        #expect(coresAllowed(inStatus: "Name:\tweir\n") == nil)
        #expect(availableCores >= 1)
    }
}
