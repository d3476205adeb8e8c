import Events
import TestSeeds
import Testing

@testable import Engine

/// Steps between stages, at their boundaries.
@Suite struct StageLatencyTests {
    private static let ms: Int64 = 1_000_000

    private func latency(
        _ stages: [String] = ["a", "b", "c"], isBounded: Bool = false
    ) -> StageLatency {
        var rules = StreamRules(name: "s", isBounded: isBounded)
        rules.stages = stages.map { FieldPath(steps: [.name("stages"), .name($0)]) }
        var fields = FieldTable()
        let latency = StageLatency(rules, fields: &fields)
        #expect(fields.uses.allSatisfy { $0.asTime && !$0.asNumber && !$0.asCode })
        return latency
    }

    /// Rows of instants in milliseconds, nil where a stage is missing; received at `second`.
    private func batch(_ rows: [[Int64?]], at second: Double) -> ColumnBatch {
        let columns = (0..<(rows.first?.count ?? 0)).map { stage in
            Column(times: rows.map { $0[stage].map { $0 * Self.ms } ?? .min })
        }
        return ColumnBatch(
            stream: 0, origin: Origin(source: "test"), firstOffset: 0, receivedAt: at(second),
            lines: rows.indices.map { UInt32($0) },
            times: rows.map { (($0.first ?? 0) ?? 0) * Self.ms },
            columns: columns)
    }

    private func at(_ second: Double) -> Timestamp {
        Timestamp(rawValue: Int64(second * 1000) * Self.ms)
    }

    private func near(_ x: Double?, _ milliseconds: Double) -> Bool {
        x.map { abs($0 / 1e6 - milliseconds) <= milliseconds * 0.01 } ?? false
    }

    @Test func stepsAndTheWholeWay() {
        var latency = latency()
        latency.add(batch([[1000, 1003, 1044], [1000, 1003, 1044]], at: 1.1), kept: nil)
        let snapshot = latency.snapshot(at: at(2))
        #expect(snapshot.steps.map { "\($0.from)-\($0.to)" } == ["a-b", "b-c", "c-received"])
        #expect(near(snapshot.steps[0].recent.p50, 3) && near(snapshot.steps[1].recent.p50, 41))
        #expect(near(snapshot.steps[2].recent.p50, 56) && near(snapshot.whole?.recent.p99, 100))
        #expect(snapshot.whole?.recent.max == 100e6 && snapshot.whole?.recent.count == 2)
        #expect(snapshot.slowest == 2 && snapshot.incomplete == 0)
        #expect(snapshot.whole?.recent.histogram.reduce(0, +) == 2)
    }

    /// A row that is a repetition is not measured.
    @Test func onlyKeptRows() {
        var latency = latency()
        latency.add(batch([[0, 1, 2], [0, 1, 2]], at: 1), kept: [true, false])
        #expect(latency.snapshot(at: at(1)).whole?.recent.count == 1)
    }

    @Test func aStageThatIsMissing() {
        var latency = latency()
        latency.add(batch([[1000, nil, 1044], [nil, 1003, 1044]], at: 1.1), kept: nil)
        let snapshot = latency.snapshot(at: at(2))
        #expect(snapshot.steps.map(\.recent.count) == [0, 1, 2])
        #expect(snapshot.whole?.recent.count == 1)
        #expect(snapshot.incomplete == 2)
    }

    /// Zero is a duration; less is skew, and nowhere else.
    @Test func clockSkew() {
        var latency = latency(["a", "b"])
        latency.add(batch([[1000, 1000], [1000, 999], [1000, 660]], at: 1), kept: nil)
        let step = latency.snapshot(at: at(1)).steps[0]
        #expect(step.recent.count == 1 && step.recent.max == 0)
        #expect(step.skewed == 2 && step.largestSkew == .milliseconds(340))
    }

    @Test func durationsThatDoNotFit() {
        var latency = latency(["a", "b"])
        var far = batch([[0, 0]], at: 1)
        far.columns[0].times = [.min + 1]
        far.columns[1].times = [.max]
        latency.add(far, kept: nil)
        #expect(latency.snapshot(at: at(1)).steps[0].skewed == 1)
    }

    /// A cell is ten seconds, and there are six: at 60 s the first is over.
    @Test func theLastMinute() {
        var latency = latency(["a"])
        latency.add(batch([[0]], at: 0.5), kept: nil)
        latency.add(batch([[9_999]], at: 10), kept: nil)
        func counts(_ second: Double) -> [UInt64?] {
            let whole = latency.snapshot(at: at(second)).whole
            return [whole?.recent.count, whole?.total.count]
        }
        #expect(counts(59.999) == [2, 2])
        #expect(counts(60) == [1, 2])
        #expect(counts(69.999) == [1, 2])
        #expect(counts(70) == [0, 2])
        // The place of the first cell is used again; what was in it stays in the total.
        latency.add(batch([[60_000]], at: 60.5), kept: nil)
        #expect(counts(60.5) == [2, 3])
    }

    @Test func aFileWasWrittenSomeTimeAgo() {
        var latency = latency(isBounded: true)
        latency.add(batch([[1000, 1003, 1044]], at: 1e6), kept: nil)
        let snapshot = latency.snapshot(at: at(1e6))
        #expect(snapshot.steps.map { "\($0.from)-\($0.to)" } == ["a-b", "b-c"])
        #expect(near(snapshot.whole?.recent.p50, 44) && snapshot.slowest == 1)
        let nothing = self.latency([], isBounded: true).snapshot(at: at(0))
        #expect(nothing.steps.isEmpty && nothing.whole == nil)
    }

    @Test func withoutStagesFromTheEventsTime() {
        var latency = latency([])
        latency.add(batch([[], []], at: 0.2), kept: nil)
        let snapshot = latency.snapshot(at: at(1))
        #expect(snapshot.steps.map { "\($0.from)-\($0.to)" } == ["event time-received"])
        #expect(snapshot.whole?.recent.count == 2 && snapshot.slowest == nil)
    }

    @Test func theFirstOfEquallySlowSteps() {
        var latency = latency(["a", "b", "c"], isBounded: true)
        latency.add(batch([[0, 5, 10]], at: 1), kept: nil)
        #expect(latency.snapshot(at: at(1)).slowest == 0)
    }

    @Test(arguments: seeds(20))
    func percentilesAreWithinOnePercent(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var latency = latency(["a", "b"], isBounded: true)
        var durations: [Double] = []
        for second in 0..<90 {
            let rows = (0..<20).map { _ -> [Int64?] in
                let duration = Int64(random.next() % 5000)
                if second >= 30 { durations.append(Double(duration)) }
                return [0, duration]
            }
            latency.add(batch(rows, at: Double(second)), kept: nil)
        }
        durations.sort()
        let recent = latency.snapshot(at: at(89)).whole!.recent
        #expect(recent.count == UInt64(durations.count))
        for (q, value) in [(0.5, recent.p50), (0.95, recent.p95), (0.99, recent.p99)] {
            let exact = durations[Int((q * Double(durations.count)).rounded(.up)) - 1]
            #expect(near(value, exact), "seed \(seed), \(q)")
        }
        #expect(recent.max == durations.last! * 1e6)
    }
}
