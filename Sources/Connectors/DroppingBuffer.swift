import DequeModule
import Events
import Synchronization

/// Records of a source that can't be held back, on their way to a sink that may have no room: past
/// the limit the oldest go, and are counted.
///
/// One thread adds and never waits; another hands over, and waits for room in the sink.
final class DroppingBuffer: Sendable {
    /// Of all that waits, with what each record costs beside its bytes.
    static let byteLimit = 8 << 20
    private static let overhead = 64

    private struct State {
        var records: Deque<[UInt8]> = []
        var bytes = 0
        var lostCount: UInt64 = 0
        var lostBytes: UInt64 = 0
        var isOver = false
    }

    private let state = Mutex(State())
    private let sign = SignPipe()
    private let limit: Int

    init(limit: Int = DroppingBuffer.byteLimit) { self.limit = limit }

    /// Each is one or more whole lines.
    func add(_ records: [[UInt8]]) {
        guard !records.isEmpty else { return }
        state.withLock { state in
            for record in records {
                state.bytes += record.count + Self.overhead
                state.records.append(record)
            }
            while state.bytes > limit, let oldest = state.records.popFirst() {
                state.bytes -= oldest.count + Self.overhead
                state.lostCount += 1
                state.lostBytes += UInt64(oldest.count)
            }
        }
        sign.signal()
    }

    /// What was lost since this was asked last.
    func takeLosses() -> (count: UInt64, bytes: UInt64) {
        state.withLock { state in
            defer { (state.lostCount, state.lostBytes) = (0, 0) }
            return (state.lostCount, state.lostBytes)
        }
    }

    /// Nothing is added any more, and what waits is not wanted.
    func end() {
        state.withLock { $0.isOver = true }
        sign.signal()
    }

    /// Hands over what is there, until the sink takes no more, or at the sign to stop.
    func handOver(to feed: inout RecordFeed, until stop: Stop) {
        while stop.wait(input: sign.receiver) == .ready {
            sign.clear()
            while let bytes = next() {
                guard feed.take(bytes) else { return }
            }
            if state.withLock(\.isOver) { return }
        }
    }

    /// As many records as one chunk takes; nil: there is none, or it is over.
    private func next() -> [UInt8]? {
        state.withLock { state in
            guard !state.isOver, let first = state.records.popFirst() else { return nil }
            state.bytes -= first.count + Self.overhead
            var bytes = first
            while let record = state.records.first,
                bytes.count + record.count <= LineFramer.roomLimit
            {
                state.bytes -= record.count + Self.overhead
                bytes += state.records.removeFirst()
            }
            return bytes
        }
    }
}
