import Events
import Glibc

/// `demo:NAME`: plays a story as its lines arrive, and is a source like any other.
///
/// A sink without room holds the story back: it is told at most 100 ms at a time, and catches up
/// when there is room again.
package struct DemoSource: Source {
    private static let pause = Nanoseconds.milliseconds(40)
    private static let slice = Nanoseconds.milliseconds(100)

    package let stream: Int
    package var name: String { demo.source }
    package let isBounded = false
    private let demo: DemoName
    private let seed: UInt64
    private let speed: Double
    private let start: Timestamp?
    private let stop: Stop

    /// `speed`: the story's clock, and the event times in it, go that many times as fast as the
    /// wall clock. `start`: when the story begins; without it, when the source does.
    package init(
        stream: Int, demo: DemoName, seed: UInt64 = 1, speed: Double = 1,
        start: Timestamp? = nil, stop: Stop
    ) {
        precondition(speed > 0 && speed.isFinite, "a story goes forward")
        self.stream = stream
        self.demo = demo
        self.seed = seed
        self.speed = speed
        self.start = start
        self.stop = stop
    }

    package func run(into sink: some ChunkSink) {
        let start = start ?? wallClock()
        let began = Monotonic.now()
        var feed = RecordFeed(self, into: sink)
        var story = DemoStream(demo, seed: seed, start: start)
        var told = start
        feed.report(.opened(partitions: [0]))
        while !sink.isStopping {
            let passed = Double(Monotonic.now().rawValue - began.rawValue) * speed
            let now = start + Nanoseconds(rawValue: Int64(passed))
            told = min(now, told + Self.slice)
            guard feed.take(story.next(until: told)) else { return }
            if stop.wait(for: told < now ? .zero : Self.pause) { return }
        }
    }
}

private func wallClock() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(rawValue: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
}
