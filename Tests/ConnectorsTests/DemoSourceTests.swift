import Events
import Testing

@testable import Connectors

/// The contract on the demos. They have no end, so what was given is compared with the story's
/// beginning.
@Suite struct DemoSourceTests {
    private static let start = Timestamp(rawValue: 1_764_000_000_000_000_000)

    private func source(of demo: DemoName, _ stop: Stop) -> DemoSource {
        DemoSource(stream: 1, demo: demo, seed: 4, speed: 20, start: Self.start, stop: stop)
    }

    private func expectStory(_ sink: TestSink, of demo: DemoName, _ source: DemoSource) {
        var story = DemoStream(demo, seed: 4, start: Self.start)
        let count = sink.byteCount
        var told: [UInt8] = []
        var now = Self.start
        while told.count < count {
            now = now + .seconds(1)
            told += story.next(until: now)
        }
        expectContract(sink, of: source, expected: Array(told.prefix(count)), ends: false)
    }

    @Test(arguments: DemoName.allCases)
    func tellsTheStoryAsItHappens(demo: DemoName) {
        let stop = Stop()
        let sink = TestSink()
        let source = source(of: demo, stop)
        let thread = SourceThread(source, into: sink)
        #expect(sink.wait { $0.byteCount > 1_000_000 })
        stop.signal()
        #expect(thread.join(within: 5))
        expectStory(sink, of: demo, source)
    }

    @Test(arguments: DemoName.allCases)
    func isHeldBackAndCatchesUp(demo: DemoName) {
        let stop = Stop()
        let sink = TestSink(room: 2)
        let source = source(of: demo, stop)
        let thread = SourceThread(source, into: sink)
        #expect(sink.wait { $0.isBlocked && $0.chunks.count == 2 })
        sink.makeRoom()
        #expect(sink.wait { $0.chunks.count > 10 })
        sink.stop()
        #expect(thread.join(within: 5))
        expectStory(sink, of: demo, source)
    }

    @Test(arguments: DemoName.allCases)
    func stopsWhileItIsHeldBack(demo: DemoName) {
        let stop = Stop()
        let sink = TestSink(room: 0)
        let source = DemoSource(stream: 1, demo: demo, seed: 4, stop: stop)
        let thread = SourceThread(source, into: sink)
        #expect(sink.wait { $0.isBlocked })
        sink.stop()
        stop.signal()
        #expect(thread.join(within: 5))
        #expect(sink.chunks.isEmpty)
    }
}

@Suite struct DemoNameTests {
    @Test func namesAreThoseOfTheSources() {
        #expect(DemoName(source: "demo:shop") == .shop)
        for wrong in ["demo:", "demo:plants", "demo:Plant", "plant", "demo:plant ", "DEMO:plant"] {
            #expect(DemoName(source: wrong) == nil)
        }
        for demo in DemoName.allCases {
            #expect(DemoName(source: demo.source) == demo)
            #expect(DemoName.list.contains("`\(demo.source)`"))
        }
    }
}
