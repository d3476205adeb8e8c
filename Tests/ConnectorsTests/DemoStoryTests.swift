import Events
import Testing

@testable import Connectors

/// What every story keeps to.
@Suite struct DemoStoryTests {
    private static let start = Timestamp(rawValue: 1_764_000_000_000_000_000)

    private func told(_ demo: DemoName, seed: UInt64, seconds: Int64) -> [UInt8] {
        var stream = DemoStream(demo, seed: seed, start: Self.start)
        return stream.next(until: Self.start + .seconds(seconds))
    }

    @Test(arguments: DemoName.allCases)
    func theSameSeedTellsTheSameStory(demo: DemoName) {
        let first = told(demo, seed: 5, seconds: 3)
        let isSame = first == told(demo, seed: 5, seconds: 3)
        let isOther = first != told(demo, seed: 6, seconds: 3)
        #expect(isSame)
        #expect(isOther)
        #expect(first.last == 10)
    }

    /// The fleet's first outage is in this stretch.
    @Test(arguments: DemoName.allCases, [2e5, 1.1e7, 1.5e8, 4e9])
    func theSlicesDontMatter(demo: DemoName, longest: Double) {
        let seconds: Int64 = demo == .fleet ? 20 : 6
        var random = SeededGenerator(seed: UInt64(longest))
        var stream = DemoStream(demo, seed: 9, start: Self.start)
        let end = Self.start + .seconds(seconds)
        var bytes: [UInt8] = []
        var now = Self.start
        while now < end {
            now = min(end, now + Nanoseconds(rawValue: Int64(random.within(0..<longest))))
            bytes += stream.next(until: now)
        }
        let isSame = bytes == told(demo, seed: 9, seconds: seconds)
        #expect(isSame)
    }

    /// The first line, to the byte: the same on every machine and in every version.
    @Test(arguments: [
        (
            DemoName.plant,
            """
            {"ts":1763999999500,"id":"plant-1","site":"austin","machine":"oven-087",\
            "type":"reading","temperature":63.70,"vibration":2.04,"latency_ms":18.14,\
            "status":"ok","stages":{"created":1763999999500,"broker":1763999999503,\
            "processed":1763999999514,"stored":1763999999518}}
            """
        ),
        (
            .shop,
            """
            {"ts":1763999999960,"id":"shop-1","type":"search","user":"u15395","path":"/search",\
            "country":"CA","region":"us","device":"desktop","status":200,"latency_ms":34.55,\
            "host":"worker-6","created":1763999999960,"broker":1763999999972,\
            "processed":1763999999839,"stored":1763999999994}
            """
        ),
        (
            .fleet,
            """
            {"ts":1763999999980,"id":"dev-001-1","device":"dev-001","region":"adriatic",\
            "kind":"ship","temperature":17.29,"battery":100.00,"signal":-62,"firmware":"2.4.1",\
            "uptime_s":3600,"seq":1}
            """
        ),
    ])
    func theFirstLine(demo: DemoName, expected: String) {
        let line = told(demo, seed: 1, seconds: 1).split(separator: 10).first!
        #expect(String(decoding: line, as: UTF8.self) == expected)
    }

    @Test func linesWaitAndLeaveInOrder() {
        var lines = LinesUnderway()
        lines.beginStep()
        lines.hold([UInt8(ascii: "c")], until: 20)
        lines.hold([UInt8(ascii: "d")], until: 20)
        lines.hold([UInt8(ascii: "a")], until: 9)
        lines.send([UInt8(ascii: "b")], at: 10)
        lines.send([UInt8(ascii: "e")], at: 21)
        var bytes: [UInt8] = []
        for (time, expected) in [(8, ""), (10, "ab"), (19, "ab"), (21, "abcde")] {
            lines.release(through: Int64(time), into: &bytes)
            #expect(String(decoding: bytes, as: UTF8.self) == expected)
        }
        #expect(lines.isLastStepOver)
    }
}
