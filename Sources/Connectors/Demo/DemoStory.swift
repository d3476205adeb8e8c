import Events

/// A simulated stream, told step by step: what happens, and the lines it leaves.
///
/// A story is a function of its seed: the steps come in order, each once, and what they tell
/// depends on nothing else. So the same seed gives the same bytes on every machine.
protocol DemoStory: Sendable {
    /// Sends the lines of this step on their way, in order of their arrival within the step.
    mutating func tell(_ step: StoryStep, into lines: inout LinesUnderway)
}

/// The 10 ms by which stories go.
struct StoryStep: Sendable {
    static let length: Int64 = 10_000_000

    /// In the story's clock, nanoseconds since the epoch.
    var start: Int64
    /// From the story's beginning.
    var number: Int64

    /// From the story's beginning to this step.
    var seconds: Double { Double(number) * Double(Self.length) / 1e9 }

    /// When the line of this index arrives, if `count` lines are spread over the step.
    func time(of index: Int, of count: Int) -> Int64 {
        start + Self.length * Int64(index + 1) / Int64(count)
    }
}

/// Turns a rate into whole events; what a step has left over is owed to the next one.
struct EventMeter: Sendable {
    private var owed = 0.0

    /// `rate`: events per second.
    mutating func count(at rate: Double) -> Int {
        owed += rate * Double(StoryStep.length) / 1e9
        let count = owed.rounded(.down)
        owed -= count
        return Int(count)
    }
}
