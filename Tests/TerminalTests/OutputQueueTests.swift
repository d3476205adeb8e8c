import Glibc
import Testing

@testable import Terminal

@Suite struct OutputQueueTests {
    /// A pipe of the smallest size, of which neither end blocks.
    private final class Channel {
        let input: Int32
        let output: Int32
        let capacity: Int

        init() {
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
            (input, output) = (ends[1], ends[0])
            let setPipeSize: Int32 = 1031
            capacity = Int(fcntl(input, setPipeSize, 4096))
            precondition(capacity >= 4096, "the system has no pipe left")
        }

        deinit {
            close(input)
            close(output)
        }

        func read(upTo count: Int) -> [UInt8] {
            var buffer = [UInt8](repeating: 0, count: count)
            let found = Glibc.read(output, &buffer, count)
            return Array(buffer.prefix(max(0, found)))
        }
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 251) }
    }

    @Test func nothingIsDrained() {
        var queue = OutputQueue()
        #expect(queue.isEmpty)
        #expect(queue.flush(to: -1) == .drained)
    }

    @Test func partsGoOutInOrder() throws {
        let channel = Channel()
        let sent = Self.bytes(channel.capacity * 3 + 5)
        var queue = OutputQueue()
        queue.append(sent[..<10])
        queue.append(sent[10...])
        var came: [UInt8] = []
        while queue.flush(to: channel.input) == .blocked {
            #expect(!queue.isEmpty)
            let piece = channel.read(upTo: 3000)
            try #require(!piece.isEmpty)
            came += piece
        }
        #expect(queue.isEmpty)
        came += channel.read(upTo: sent.count)
        let isSame = came == sent
        #expect(isSame)
    }

    @Test func whatIsAppendedWhileItIsBlockedComesLast() {
        let channel = Channel()
        let first = Self.bytes(channel.capacity + 100)
        var queue = OutputQueue()
        queue.append(first)
        #expect(queue.flush(to: channel.input) == .blocked)
        queue.append(Array("last".utf8))
        var came = channel.read(upTo: channel.capacity)
        #expect(queue.flush(to: channel.input) == .drained)
        came += channel.read(upTo: channel.capacity)
        let isSame = came == first + Array("last".utf8)
        #expect(isSame)
    }

    @Test func whatIsDiscardedNeverGoesOut() {
        let channel = Channel()
        var queue = OutputQueue()
        queue.append(Self.bytes(channel.capacity + 100))
        #expect(queue.flush(to: channel.input) == .blocked)
        queue.discard()
        #expect(queue.isEmpty)
        #expect(channel.read(upTo: channel.capacity * 2).count == channel.capacity)
        queue.append(Array("new".utf8))
        #expect(queue.flush(to: channel.input) == .drained)
        #expect(channel.read(upTo: 10) == Array("new".utf8))
    }

    @Test func aTerminalThatIsGone() {
        var queue = OutputQueue()
        queue.append([1])
        #expect(queue.flush(to: -1) == .gone)
    }

    @Test func theTimeOfTheLastRunOfBytes() {
        let channel = Channel()
        var queue = OutputQueue()
        #expect(queue.lastWriteDuration == .zero)
        queue.append([1])
        #expect(queue.flush(to: channel.input) == .drained)
        #expect(queue.lastWriteDuration > .zero)
    }
}
