#if Kafka && Redis
    import CKafkaMock
    import Events
    import Testing

    @testable import Connectors

    /// What probes of real brokers find, beside what is known to be so.
    @Suite struct LagProbeTests {
        let stop = Stop()

        func probing(
            _ source: String, _ group: String, _ body: (TestSink) throws -> Void
        ) throws {
            let probe = try RemoteGroup(
                probe: 2, group: group, source: source, settings: SourceSettings(), stop: stop
            ).lagProbe()
            let sink = TestSink()
            let thread = SourceThread { probe.run(into: sink) }
            defer {
                sink.stop()
                stop.signal()
                #expect(thread.join(within: 5))
            }
            try body(sink)
        }

        @Test func aStopEndsItWithin200Milliseconds() throws {
            let rig = try KafkaRig()
            rig.create("t")
            try expectStop(after: { $0.answers.count == 1 }) { stop, sink in
                let group = RemoteGroup(
                    probe: 2, group: "g", source: rig.name("t"), settings: SourceSettings(),
                    stop: stop)
                let probe = try group.lagProbe()
                return SourceThread { probe.run(into: sink) }
            }
        }

        /// A consumer whose commits are known: steady, growing, draining, stopped, rewound.
        @Test func commitsOfKafka() throws {
            let rig = try KafkaRig()
            rig.create("t")
            let consumer = try KafkaCommitter("billing", of: rig)
            try probing(rig.name("t"), "billing") { sink in
                #expect(sink.wait { $0.answers.last == Standing(committed: nil, end: 0) })
                var end = 0
                let steps: [(written: Int, committed: Int64)] = [
                    (10, 10), (10, 20), (20, 25), (0, 40), (10, 40), (0, 30), (0, 50),
                ]
                for (written, committed) in steps {
                    try rig.write(rig.lines(end..<end + written), to: "t")
                    end += written
                    try consumer.commit(committed, in: "t")
                    let truth = Standing(committed: committed, end: Int64(end))
                    #expect(sink.wait { $0.answers.last == truth }, "\(truth)")
                }
            }
        }

        /// Silence is an answer of its own, each time, and ends when the broker is back.
        @Test func aSilentBroker() throws {
            let rig = try KafkaRig()
            rig.create("t")
            try rig.write(rig.lines(0..<5), to: "t")
            try probing(rig.name("t"), "g") { sink in
                #expect(sink.wait { $0.answers.count == 1 })
                rig.goDown()
                #expect(sink.wait { $0.silences > 0 })
                let answers = sink.answers.count
                rig.comeUp()
                #expect(sink.wait { $0.answers.count > answers })
            }
        }

        /// Without a topic, those that the group has committed something of.
        @Test func topicsOfAGroup() throws {
            let rig = try KafkaRig()
            for topic in ["a", "b"] {
                rig.create(topic, partitions: 2)
                try rig.write(rig.lines(0..<5), to: topic)
            }
            try KafkaCommitter("g", of: rig).commit(3, in: "b")
            let source = String(rig.name("").dropLast())
            try probing(source, "g") { sink in
                #expect(sink.wait { $0.places == ["b/0", "b/1"] })
            }
        }

        @Test func entriesOfRedis() throws {
            let rig = try RedisRig()
            try rig.add(1..<11)
            try rig.ask("XGROUP", "CREATE", "s", "g", "0")
            try probing(rig.name("s"), "g") { sink in
                func expect(_ committed: Int64, _ end: Int64, _ what: Comment) {
                    let truth = Standing(committed: committed, end: end)
                    #expect(sink.wait { $0.answers.last == truth }, what)
                }
                expect(0, 10, "nothing was given")
                try rig.ask("XREADGROUP", "GROUP", "g", "c", "COUNT", "4", "STREAMS", "s", ">")
                expect(0, 10, "four are being worked on")
                #expect(sink.wait { $0.members == 1 })
                try rig.ask("XACK", "s", "g", "1-1", "1-2", "1-3")
                expect(3, 10, "three are done")
                try rig.add(11..<21)
                expect(3, 20, "there are more")
                try rig.ask("XGROUP", "SETID", "s", "g", "1-15")
                expect(14, 20, "it was set into the middle, and one is still being worked on")
                try rig.ask("XTRIM", "s", "MAXLEN", "8")
                expect(14, 20, "the oldest are gone")
                #expect(sink.wait { $0.logStart == 12 })
                try rig.ask("DEL", "s")
                #expect(sink.wait { $0.silences > 0 })
            }
        }
    }

    /// Where a group stands in the first partition.
    private struct Standing: Hashable {
        var committed: Int64?
        var end: Int64
    }

    extension TestSink {
        private var offsets: [([PartitionOffsets], members: Int?)] {
            lagSamples.compactMap { sample in
                guard case .offsets(let offsets, let members) = sample.answer else { return nil }
                return (offsets, members)
            }
        }

        fileprivate var answers: [Standing] {
            offsets.compactMap { offsets, _ in
                offsets.first.map { Standing(committed: $0.committed, end: $0.end) }
            }
        }

        fileprivate var members: Int? { offsets.last?.members }
        fileprivate var logStart: Int64? { offsets.last?.0.first?.logStart }
        fileprivate var silences: Int {
            lagSamples.count { if case .none = $0.answer { true } else { false } }
        }
        fileprivate var places: [String]? {
            offsets.last?.0.map { "\($0.topic)/\($0.partition)" }
        }
    }
#endif
