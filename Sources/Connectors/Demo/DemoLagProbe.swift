import Events

/// Asks the simulated consumer group of a demo once a second, and is a probe like any other.
package struct DemoLagProbe: LagProbe {
    private static let interval = Nanoseconds.seconds(1)

    package let probe: Int
    package let group: String
    private let consumers: DemoConsumerGroup
    private let speed: Double
    private let stop: Stop

    /// `speed`: the story's seconds in a second of the wall clock.
    package init(
        probe: Int, demo: DemoName, group: String, seed: UInt64 = 1, speed: Double = 1, stop: Stop
    ) {
        precondition(speed > 0 && speed.isFinite, "a story goes forward")
        self.probe = probe
        self.group = group
        self.speed = speed
        self.stop = stop
        consumers = DemoConsumerGroup(demo, seed: seed)
    }

    package func run(into sink: some ChunkSink) {
        var next = Monotonic.now()
        var poll = 0
        while !sink.isStopping {
            sink.report(lag: sample(poll))
            poll += 1
            next = next + Self.interval
            let pause = max(0, next.rawValue - Monotonic.now().rawValue)
            if stop.wait(for: Nanoseconds(rawValue: pause)) { return }
        }
    }

    /// What the poll of this number, from 0, finds, whenever it is made.
    package func sample(_ poll: Int) -> LagSample {
        let second = Double(poll) * speed
        return LagSample(
            probe: probe, group: group,
            answer: .offsets(
                consumers.offsets(at: second), members: consumers.members(at: second)))
    }
}
