import Events

/// A story as a stream of bytes, which is a function of the demo, its seed and its start: however
/// the time is sliced, the same bytes come out.
package struct DemoStream: Sendable {
    private let start: Int64
    private var story: any DemoStory
    private var lines = LinesUnderway()
    private var stepsTold: Int64 = 0

    /// The first line arrives after `start`.
    package init(_ demo: DemoName, seed: UInt64, start: Timestamp) {
        self.start = start.rawValue
        story = demo.story(seed: seed)
    }

    /// All lines that arrive up to `until`, and did not leave before; none of them is cut.
    package mutating func next(until: Timestamp) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            lines.release(through: until.rawValue, into: &bytes)
            let step = StoryStep(start: start + stepsTold * StoryStep.length, number: stepsTold)
            guard lines.isLastStepOver, step.start < until.rawValue else { break }
            lines.beginStep()
            story.tell(step, into: &lines)
            stepsTold += 1
        }
        lines.releaseHeld(through: until.rawValue, into: &bytes)
        return bytes
    }
}

extension DemoName {
    fileprivate func story(seed: UInt64) -> any DemoStory {
        switch self {
        case .plant: PlantStory(seed: seed)
        case .shop: ShopStory(seed: seed)
        case .fleet: FleetStory(seed: seed)
        }
    }
}
