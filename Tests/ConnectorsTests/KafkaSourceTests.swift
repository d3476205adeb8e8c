#if Kafka
    import Events
    import Glibc
    import Testing

    @testable import Connectors

    /// The contract of sources, on a cluster of Kafka.
    @Suite struct KafkaSourceTests {
        let rig: KafkaRig
        let stop = Stop()

        init() throws { rig = try KafkaRig() }

        func source(
            _ topic: String = "t", bounded: Bool = false,
            _ set: (inout SourceSettings) -> Void = { _ in }
        ) throws -> any Source {
            var settings = SourceSettings()
            set(&settings)
            return try RemoteStream(
                stream: 3, name: rig.name(topic), settings: settings, isBounded: bounded,
                stop: stop
            ).source()
        }

        func running(
            _ source: some Source, into sink: TestSink, _ body: () throws -> Void
        ) rethrows {
            let thread = SourceThread(source, into: sink)
            defer {
                sink.stop()
                stop.signal()
                #expect(thread.join(within: 5))
            }
            try body()
        }

        @Test func aStopEndsItWithin200Milliseconds() throws {
            rig.create("t")
            let name = rig.name("t")
            try expectStop(after: { !$0.changes.isEmpty }) { stop, sink in
                let stream = RemoteStream(
                    stream: 3, name: name, settings: SourceSettings(), isBounded: false,
                    stop: stop)
                return SourceThread(try stream.source(), into: sink)
            }
        }

        @Test func aTopicIsReadToItsEnd() throws {
            rig.create("t")
            try rig.write(rig.lines(0..<5000), to: "t")
            let sink = TestSink()
            let source = try source(bounded: true)
            source.run(into: sink)
            expectContract(sink, of: source, expected: rig.lines(0..<5000), ends: true)
        }

        @Test func allPartitions() throws {
            rig.create("t", partitions: 4)
            for i in 0..<3 { try rig.write(rig.lines(0..<100 * (i + 1)), to: "t", i) }
            let sink = TestSink()
            try source(bounded: true).run(into: sink)
            #expect(sink.changes.first == .opened(partitions: [0, 1, 2, 3]))
            #expect(sink.changes.last == .ended)
            #expect(sink.changes.count == 5)
            for i in 0..<3 {
                let chunks = sink.chunks.filter { $0.origin.partition == i }
                #expect(chunks.flatMap { Array($0.bytes.bytes) } == rig.lines(0..<100 * (i + 1)))
            }
        }

        @Test func anEmptyTopicEnds() throws {
            rig.create("t")
            let sink = TestSink()
            try source(bounded: true).run(into: sink)
            #expect(sink.changes == [.opened(partitions: [0]), .ended])
        }

        @Test func whatComesIsHandedOverAtOnce() throws {
            rig.create("t")
            try rig.write(rig.lines(0..<5), to: "t")
            let sink = TestSink()
            try running(try source(), into: sink) {
                #expect(sink.wait { !$0.changes.isEmpty })
                for n in 5..<8 {
                    try rig.write(rig.lines(n..<n + 1), to: "t")
                    #expect(sink.wait { $0.lineCount == n - 4 })
                }
            }
            #expect(sink.bytes == rig.lines(5..<8))
            #expect(sink.chunks.first?.firstOffset == 5)
        }

        @Test(arguments: [
            (StartPosition.beginning, 0), (.offset(3), 3), (.last(2), 8), (.end, 10),
            (.offset(99), 10), (.last(99), 0),
        ])
        func aStart(_ start: StartPosition, _ first: Int) throws {
            rig.create("t")
            try rig.write(rig.lines(0..<10), to: "t")
            let sink = TestSink()
            try source(bounded: true) { $0.set(.start, .start(start), text: "") }.run(into: sink)
            #expect(sink.bytes == rig.lines(first..<10))
        }

        /// Nothing twice, nothing left out, however often the broker goes away.
        @Test func goesAndReturns() throws {
            let times = getenv("WEIR_SOAK") == nil ? 3 : 25
            rig.create("t")
            let sink = TestSink()
            let source = try source { $0.set(.start, .start(.beginning), text: "") }
            var next = 0
            try running(source, into: sink) {
                for round in 0..<times {
                    try rig.write(rig.lines(next..<next + 2000), to: "t")
                    #expect(sink.wait { $0.lineCount > next })
                    rig.goDown()
                    #expect(sink.wait { $0.disconnections == round + 1 })
                    let start = Monotonic.now()
                    rig.comeUp()
                    try rig.write(rig.lines(next + 2000..<next + 2100), to: "t")
                    next += 2100
                    #expect(sink.wait { $0.lineCount >= next })
                    #expect(Monotonic.now().rawValue - start.rawValue < 5_000_000_000)
                    #expect(sink.wait { $0.changes.last == .opened(partitions: [0]) })
                }
            }
            let log = try rig.read("t")
            #expect(sink.bytes == log)
            #expect(Set(sink.chunks.map(\.origin.incarnation)) == [0])
        }

        @Test func whatTheBrokerKnows() throws {
            rig.create("t")
            try rig.write(
                Array("k\"1:{\"a\":1}\n".utf8), to: "t", 0, ["-K:", "-H", "trace=b", "-H", "x=y"])
            let sink = TestSink()
            try source(bounded: true) { $0.set(.metadata, .text("m"), text: "m") }.run(into: sink)
            let text = String(decoding: sink.bytes, as: UTF8.self)
            let start = #"{"a":1,"m":{"topic":"t","partition":0,"offset":0,"create_time":"#
            #expect(text.hasPrefix(start))
            let time = text.dropFirst(start.count).prefix(while: \.isNumber)
            #expect(time.count == 13)
            #expect(
                text.dropFirst(start.count + 13)
                    == ",\"key\":\"k\\\"1\",\"headers\":{\"trace\":\"b\",\"x\":\"y\"}}}\n")
        }

        @Test(arguments: ["a-*", "a-1,a-2"])
        func severalTopics(_ names: String) throws {
            for name in ["a-1", "a-2", "b"] {
                rig.create(name)
                try rig.write(rig.lines(0..<10), to: name)
            }
            let sink = TestSink()
            try source(names, bounded: true).run(into: sink)
            #expect(
                Set(sink.chunks.map(\.origin.source)) == [rig.name("a-1"), rig.name("a-2")])
            #expect(sink.bytes == rig.lines(0..<10) + rig.lines(0..<10))
            #expect(sink.changes.count == 4)
        }

        /// What was handed over is committed, with the good-bye at the latest.
        @Test func aGroupIsCommitted() throws {
            rig.create("t")
            try rig.write(rig.lines(0..<10), to: "t")
            let sink = TestSink()
            let source = try source { settings in
                settings.set(.group, .text("g"), text: "g")
                settings.set(.start, .start(.beginning), text: "beginning")
            }
            try running(source, into: sink) {
                #expect(sink.wait { $0.lineCount == 10 })
            }
            #expect(sink.bytes == rig.lines(0..<10))
            #expect(try rig.commit(of: "g", in: "t") == 10)
        }

        @Test func aSinkWithoutRoomHoldsItBack() throws {
            rig.create("t")
            try rig.write(rig.lines(0..<50_000), to: "t")
            let sink = TestSink(room: 1)
            try running(
                try source { $0.set(.start, .start(.beginning), text: "") }, into: sink
            ) {
                #expect(sink.wait { $0.isBlocked && $0.chunks.count == 1 })
                sink.makeRoom()
                #expect(sink.wait { $0.lineCount == 50_000 })
            }
            #expect(sink.bytes == rig.lines(0..<50_000))
        }

        /// Nobody is there: that is said, and a stop ends it at once.
        @Test func nobodyThere() throws {
            rig.goDown()
            let sink = TestSink()
            try running(try source(), into: sink) {
                #expect(sink.wait { $0.disconnections > 0 })
            }
        }

        @Test func aWrongPropertyFails() throws {
            let sink = TestSink()
            try source { settings in
                settings.set("sasl.pasword", .text("hunter2"), text: "")
            }.run(into: sink)
            guard case .failed(let reason) = sink.changes.last else {
                Issue.record("it goes on")
                return
            }
            #expect(reason.contains("sasl.pasword"))
            #expect(!reason.contains("hunter2"))
        }
    }

    extension TestSink {
        fileprivate var disconnections: Int {
            changes.count { if case .disconnected = $0 { true } else { false } }
        }
    }
#endif
