#if Redis
    import Events
    import Glibc
    import TestSeeds
    import Testing

    @testable import Connectors

    /// The contract of sources, on a server of Redis.
    @Suite struct RedisSourceTests {
        let rig: RedisRig
        let stop = Stop()

        init() throws { rig = try RedisRig() }

        func source(
            _ rest: String = "s", bounded: Bool = false,
            _ set: (inout SourceSettings) -> Void = { _ in }
        ) throws -> any Source {
            var settings = SourceSettings()
            set(&settings)
            return try RemoteStream(
                stream: 3, name: rig.name(rest), settings: settings, isBounded: bounded, stop: stop
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
            let name = rig.name("s")
            try expectStop(after: { !$0.changes.isEmpty }) { stop, sink in
                let stream = RemoteStream(
                    stream: 3, name: name, settings: SourceSettings(), isBounded: false,
                    stop: stop)
                return SourceThread(try stream.source(), into: sink)
            }
        }

        @Test func aStreamIsReadToItsEnd() throws {
            try rig.add(1..<2500)
            let sink = TestSink()
            let source = try source(bounded: true)
            source.run(into: sink)
            expectContract(sink, of: source, expected: rig.lines(1..<2500), ends: true)
        }

        @Test func anEmptyStreamEnds() throws {
            let sink = TestSink()
            try source(bounded: true).run(into: sink)
            #expect(sink.changes == [.opened(partitions: [0]), .ended])
        }

        @Test func whatComesIsHandedOverAtOnce() throws {
            try rig.add(1..<5)
            let sink = TestSink()
            try running(try source(), into: sink) {
                #expect(sink.wait { !$0.changes.isEmpty })
                for n in 5..<8 {
                    try rig.add(n..<n + 1)
                    #expect(sink.wait { $0.lineCount == n - 4 })
                }
            }
            #expect(sink.bytes == rig.lines(5..<8))
        }

        @Test(arguments: [
            (StartPosition.beginning, 1), (.entry("1-3"), 4), (.last(2), 8), (.end, 10),
        ])
        func aStart(_ start: StartPosition, _ first: Int) throws {
            try rig.add(1..<10)
            let sink = TestSink()
            try source(bounded: true) { $0.set(.start, .start(start), text: "") }.run(into: sink)
            #expect(sink.bytes == rig.lines(first..<10))
        }

        /// Nothing twice, nothing left out, however often the server dies while entries come. With
        /// a group too: what wasn't acknowledged comes again from the server, but not from here.
        @Test(arguments: [nil, "g"])
        func killsAndReturns(_ group: String?) throws {
            let kills = getenv("WEIR_SOAK") == nil ? 3 : 25
            let sink = TestSink()
            let source = try source { settings in
                settings.set(.start, .start(.beginning), text: "")
                if let group { settings.set(.group, .text(group), text: group) }
            }
            try rig.ask("XGROUP", "CREATE", "s", group ?? "other", "0", "MKSTREAM")
            var next = 1
            try running(source, into: sink) {
                for _ in 0..<kills {
                    try rig.add(next..<next + 50)
                    #expect(sink.wait { $0.lineCount >= next })
                    try rig.flood(next + 50..<next + 200)
                    rig.kill()
                    let start = Monotonic.now()
                    rig.start()
                    let newest = try rig.newest()
                    try rig.add(newest + 1..<next + 200)
                    next += 200
                    #expect(sink.wait { $0.lineCount >= next - 1 })
                    #expect(Monotonic.now().rawValue - start.rawValue < 5_000_000_000)
                }
            }
            #expect(sink.bytes == rig.lines(1..<next))
            #expect(Set(sink.chunks.map(\.origin.incarnation)) == [0])
            let reports = sink.changes.count { if case .disconnected = $0 { true } else { false } }
            #expect(reports >= kills)
        }

        @Test func aStreamThatBeginsAnewIsAnIncarnation() throws {
            let sink = TestSink()
            try rig.add(1..<4)
            try running(
                try source { $0.set(.start, .start(.beginning), text: "") }, into: sink
            ) {
                #expect(sink.wait { $0.lineCount == 3 })
                try rig.ask("DEL", "s")
                rig.kill()
                rig.start()
                try rig.ask("XADD", "s", "0-1", "data", rig.record(9))
                #expect(sink.wait { $0.lineCount == 4 })
            }
            #expect(sink.chunks.last?.origin.incarnation == 1)
            #expect(sink.chunks.last?.firstOffset == 0)
        }

        @Test func aGroupIsAcknowledged() throws {
            try rig.add(1..<6)
            try rig.ask("XGROUP", "CREATE", "s", "g", "0")
            let sink = TestSink()
            try source(bounded: true) { $0.set(.group, .text("g"), text: "g") }.run(into: sink)
            #expect(sink.bytes == rig.lines(1..<6))
            let pending = try rig.ask("XPENDING", "s", "g")
            #expect(pending?.read { $0[0].integer } == 0)
        }

        @Test func fieldsBecomeARecord() throws {
            try rig.ask("XADD", "s", "7-1", "site", "a\"b", "t", "1.5", "id", "007", "ok", "true")
            try rig.ask("XADD", "s", "7-2", "data", "not json")
            let sink = TestSink()
            try source(bounded: true) { $0.set(.metadata, .text("m"), text: "m") }.run(into: sink)
            let expected = [
                #"{"site":"a\"b","t":1.5,"id":"007","ok":true,"#
                    + #""m":{"stream":"s","id":"7-1","time":7}}"#,
                #"{"data":"not json","m":{"stream":"s","id":"7-2","time":7}}"#,
            ]
            #expect(
                String(decoding: sink.bytes, as: UTF8.self)
                    == expected.joined(separator: "\n") + "\n")
        }

        @Test func aChannel() throws {
            let sink = TestSink()
            let source = try source("c") { $0.set(.pubsub, .truth(true), text: "true") }
            try running(source, into: sink) {
                #expect(sink.wait { !$0.changes.isEmpty })
                try rig.ask("PUBLISH", "c", "{\"a\":\n1}")
                #expect(sink.wait { $0.lineCount == 1 })
                rig.kill()
                #expect(sink.wait { $0.changes.count >= 2 })
                rig.start()
                #expect(sink.wait { $0.changes.last == .opened(partitions: [0]) })
                try rig.ask("PUBLISH", "c", "{}")
                #expect(sink.wait { $0.lineCount == 2 })
            }
            #expect(String(decoding: sink.bytes, as: UTF8.self) == "{\"a\": 1}\n{}\n")
            #expect(sink.chunks.map(\.origin.incarnation) == [0, 1])
        }

        @Test func aSinkWithoutRoomHoldsItBack() throws {
            let sink = TestSink(room: 1)
            try rig.add(1..<3000)
            try running(
                try source { $0.set(.start, .start(.beginning), text: "") }, into: sink
            ) {
                #expect(sink.wait { $0.isBlocked && $0.chunks.count == 1 })
                sink.makeRoom()
                #expect(sink.wait { $0.lineCount == 2999 })
            }
            #expect(sink.bytes == rig.lines(1..<3000))
        }

        @Test func aWrongKindFails() throws {
            try rig.ask("SET", "s", "x")
            let sink = TestSink()
            try source().run(into: sink)
            guard case .failed(let reason) = sink.changes.last else {
                Issue.record("it goes on")
                return
            }
            #expect(reason.contains("WRONGTYPE"))
        }
    }
#endif
