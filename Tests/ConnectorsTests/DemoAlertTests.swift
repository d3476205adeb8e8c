import Events
import Testing

@testable import Connectors

/// The alerts of the demos' dashboards, in Examples: computed from the stories' own windows, each
/// fires and resolves within the first two minutes. What is resolved at T is seen when the stream's
/// watermark is there, which is `delay` seconds later.
///
/// A story that begins between two multiples of a hop has its windows elsewhere; its seed is
/// another one, too.
@Suite struct DemoAlertTests {
    private static let starts: [(seed: UInt64, offset: Int64)] = [(1, 0), (2, 2_600)]

    private func told(_ demo: DemoName, _ variant: (seed: UInt64, offset: Int64)) -> ToldStory {
        let start = Timestamp(rawValue: (1_764_000_000_000 + variant.offset) * 1_000_000)
        return ToldStory(demo, seed: variant.seed, seconds: 124, start: start)
    }

    /// The first firing begins within `expected`, and every rule fires for at least 5 s.
    private func expect(
        _ rule: StoryRule, over windows: StoryWindows, firesIn expected: Range<Int64>,
        delay: Int64, offset: Int64, location: SourceLocation = #_sourceLocation
    ) {
        let last = 120 - delay + offset / 1000
        let firings = rule.firings(over: windows, seconds: last)
        guard let first = firings.first else {
            Issue.record("it doesn't fire", sourceLocation: location)
            return
        }
        #expect(expected.contains(first.lowerBound), "\(firings)", sourceLocation: location)
        #expect(first.count > 5, "\(firings)", sourceLocation: location)
        #expect(first.upperBound <= last, "\(firings)", sourceLocation: location)
    }

    @Test(arguments: starts)
    func plant(variant: (seed: UInt64, offset: Int64)) {
        let story = told(.plant, variant)
        let heat = StoryWindows(story, size: 30, hop: 1) { record in
            record.number("temperature").map { (record.text("site")!, $0) }
        }
        let overheating = StoryRule(holdFor: 30, across: 3) {
            $0.mean > 80
        } clear: {
            $0.mean < 75
        }
        expect(
            overheating, over: heat, firesIn: 75..<90, delay: 6,
            offset: variant.offset)
        let shaking = StoryWindows(story, size: 30, hop: 5) { record in
            record.number("vibration").map { (record.text("machine")!, $0) }
        }
        expect(
            StoryRule(holdFor: 10) { $0.mean > 7 }, over: shaking, firesIn: 75..<95, delay: 6,
            offset: variant.offset)
    }

    @Test(arguments: starts)
    func shop(variant: (seed: UInt64, offset: Int64)) {
        let story = told(.shop, variant)
        let failures = StoryWindows(story, size: 10, hop: 1) { record in
            guard record.text("type") == "payment" else { return nil }
            return (record.text("region")!, record.number("status")! >= 500 ? 100 : 0)
        }
        let failing = StoryRule(holdFor: 15, across: 3) {
            $0.mean > 25
        } clear: {
            $0.mean < 10
        }
        expect(
            failing, over: failures, firesIn: 50..<65, delay: 4,
            offset: variant.offset)
        let payments = StoryWindows(story, size: 10, hop: 1) { record in
            record.text("type") == "payment" ? ("", 0) : nil
        }
        let fewer = StoryRule(holdFor: 10) {
            $0.count < 900
        } clear: {
            $0.count > 1_100
        }
        expect(
            fewer, over: payments, firesIn: 50..<65, delay: 4,
            offset: variant.offset)
        let signups = StoryWindows(story, size: 5, hop: 1) { record in
            record.text("type") == "signup" ? ("", 0) : nil
        }
        let burst = StoryRule(holdFor: 5) {
            $0.count > 750
        } clear: {
            $0.count < 500
        }
        expect(
            burst, over: signups, firesIn: 90..<105, delay: 4,
            offset: variant.offset)
    }

    @Test(arguments: starts)
    func fleet(variant: (seed: UInt64, offset: Int64)) {
        let story = told(.fleet, variant)
        let climate = StoryWindows(story, size: 20, hop: 5) { record in
            record.number("temperature").map { (record.text("device")!, $0) }
        }
        let hot = StoryRule(holdFor: 15, across: 10) {
            $0.count > 0 && $0.mean > 30
        } clear: {
            $0.mean < 26
        }
        expect(
            hot, over: climate, firesIn: 50..<70, delay: 9,
            offset: variant.offset)
        let heard = StoryWindows(story, size: 10, hop: 5, byArrival: true) { record in
            (record.text("device")!, 0)
        }
        let silent = StoryRule(holdFor: 10, across: 5) { $0.count == 0 }
        expect(
            silent, over: heard, firesIn: 30..<45, delay: 1,
            offset: variant.offset)
    }
}
