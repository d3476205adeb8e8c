import Engine
import Events
import Panels
import Screen
import Testing

/// The panel of one consumer group, row by row.
@Suite struct LagPanelTests {
    /// Polled every 5 s, so often; three partitions: one falls behind, one is well, one has never
    /// committed.
    private func billing(polls: Int = 20, members: Int? = 3) -> ConsumerLag {
        var lag = ConsumerLag([LagPlan(name: "billing")])
        for i in 1...Int64(polls) {
            let answer = [
                offsets(0, committed: 1000 + i * 60, end: 1000 + i * 100),
                offsets(1, committed: 5000 + i * 10 - i % 2, end: 5000 + i * 10),
                offsets(2, committed: nil, end: 12),
            ]
            lag.apply(sample(.offsets(answer, members: members)), at: at(i * 5))
        }
        return lag
    }

    private func offsets(
        _ partition: Int, committed: Int64?, logStart: Int64 = 0, end: Int64, topic: String = "t"
    ) -> PartitionOffsets {
        PartitionOffsets(
            topic: topic, partition: partition, committed: committed, logStart: logStart, end: end)
    }

    private func sample(_ answer: LagSample.Answer) -> LagSample {
        LagSample(probe: 0, group: "billing", answer: answer)
    }

    private func at(_ seconds: Int64) -> Timestamp { .epoch + .seconds(seconds) }

    private func group(_ lag: ConsumerLag, at seconds: Int64 = 100) -> LagGroupSnapshot? {
        lag.snapshot(at: at(seconds)).probes[0].groups.first
    }

    private func grid(
        _ group: LagGroupSnapshot?, _ columns: Int, _ rows: Int, selection: Int? = nil,
        symbols: Symbols = .unicode
    ) -> Grid {
        var grid = Grid(columns: columns, rows: rows, symbols: symbols)
        LagPanel(
            title: "lag billing", group: group, from: "kafka://localhost:9092/t",
            selection: selection ?? 0, isFocused: selection != nil
        ).draw(in: grid.bounds, on: &grid)
        grid.checkInvariants()
        return grid
    }

    @Test(arguments: [30, 60, 100])
    func wideAndNarrow(columns: Int) {
        Golden.compare(grid(group(billing()), columns, 6), as: "lag")
    }

    /// With gaps where nobody answered, and where fewer partitions were summed up.
    @Test func withRoomToSpareItsHistory() {
        var lag = billing(polls: 60)
        lag.apply(sample(.none("timed out")), at: at(305))
        for i in 62...90 as ClosedRange<Int64> {
            let known = offsets(0, committed: 1000 + i * 60, end: 1000 + i * 100)
            let other = offsets(1, committed: 5000, end: 5000)
            let isPartial = i == 70 || i == 71
            lag.apply(
                sample(.offsets(isPartial ? [known] : [known, other], members: 3)), at: at(i * 5))
        }
        Golden.compare(grid(group(lag, at: 450), 60, 9), as: "lag-history")
    }

    @Test func nobodyAnswers() {
        var lag = billing()
        lag.apply(sample(.none("connection refused")), at: at(105))
        Golden.compare(grid(group(lag, at: 134), 60, 6), as: "lag-disconnected")
    }

    @Test func lossIsNeverShed() {
        var lag = billing(members: nil)
        for i in 21...40 as ClosedRange<Int64> {
            let answer = [offsets(0, committed: 2200, logStart: 2350, end: 1000 + i * 100)]
            lag.apply(sample(.offsets(answer, members: nil)), at: at(i * 5))
        }
        let stopped = group(lag, at: 200)
        Golden.compare(grid(stopped, 60, 6), as: "lag-lost")
        Golden.compare(grid(stopped, 30, 6), as: "lag-lost")
    }

    @Test func aLogThatWasMadeAnew() {
        var lag = ConsumerLag([LagPlan(name: "billing")])
        for i in 1...6 as ClosedRange<Int64> {
            let answer = [
                offsets(0, committed: 900, end: i < 6 ? 900 : 40),
                offsets(1, committed: i * 50, end: i * 45 + 45),
            ]
            lag.apply(sample(.offsets(answer, members: 1)), at: at(i * 5))
        }
        Golden.compare(grid(group(lag, at: 30), 60, 5), as: "lag-reset")
    }

    @Test(arguments: [60, 100])
    func howATimeLagIsKnown(columns: Int) {
        var lag = ConsumerLag([LagPlan(name: "billing")])
        for i in 1...20 as ClosedRange<Int64> {
            var answer = [
                offsets(0, committed: i * 50, end: i * 50 + 5),
                offsets(1, committed: i * 50, end: 1500 + i * 60),
                offsets(2, committed: i * 50, end: i * 60),
                offsets(3, committed: i * 50, end: i * 50),
                offsets(4, committed: nil, end: 5),
            ]
            answer[0].firstUnconsumed = at(i * 5 - 3)
            lag.apply(sample(.offsets(answer, members: 1)), at: at(i * 5))
        }
        Golden.compare(grid(group(lag), columns, 8), as: "lag-time")
    }

    @Test func itDrains() {
        var lag = ConsumerLag([LagPlan(name: "billing")])
        for i in 1...12 as ClosedRange<Int64> {
            let (committed, end) = (i * 80, 2000 + i * 10)
            let time = at(i * 5) + .milliseconds(-3100)
            let offsets = PartitionOffsets(
                topic: "t", partition: 0, committed: committed, logStart: 0, end: end,
                firstUnconsumed: time)
            lag.apply(sample(.offsets([offsets], members: 1)), at: at(i * 5))
        }
        Golden.compare(grid(group(lag, at: 60), 60, 4), as: "lag-drains")
    }

    @Test func tooManyForItsLines() {
        var lag = ConsumerLag([LagPlan(name: "billing")])
        for i in 1...20 as ClosedRange<Int64> {
            var answer = (0..<9).map { partition in
                let step = partition == 7 ? 10 : 20 + Int64(partition)
                return offsets(
                    partition % 5, committed: i * step, end: i * 30,
                    topic: partition < 5 ? "orders" : "payments")
            }
            // The furthest behind, but nobody knows yet whether that is bad.
            if i > 15 { answer.append(offsets(9, committed: i, end: 9000, topic: "orders")) }
            lag.apply(sample(.offsets(answer, members: 1)), at: at(i * 5))
        }
        Golden.compare(grid(group(lag), 60, 6), as: "lag-many")
        Golden.compare(grid(group(lag), 60, 6, selection: 4), as: "lag-many-chosen")
    }

    @Test func beforeAnythingIsKnown() {
        Golden.compare(grid(nil, 60, 4), as: "lag-waiting")
        var lag = ConsumerLag([LagPlan(name: "billing")])
        lag.apply(sample(.none("connection refused")), at: at(1))
        Golden.compare(grid(group(lag), 60, 4), as: "lag-refused")
    }

    @Test func anyWidthAndHeight() {
        let group = group(billing())
        for columns in [0, 1, 2, 3, 9, 17, 28, 45, 73, 200] {
            for rows in [0, 1, 2, 3, 4, 5, 40] {
                _ = grid(group, columns, rows)
                _ = grid(group, columns, rows, selection: 99, symbols: .ascii)
            }
        }
    }
}
