import Alerting
import Events
import Testing

@Suite struct AlertInstanceTests {
    private func at(_ seconds: Int64) -> Timestamp { .epoch + .seconds(seconds) }

    /// Evaluates once a second; `1` where the condition holds.
    private func run(
        _ pattern: String, _ timing: AlertInstance.Timing, clears: String? = nil
    ) -> [String] {
        var instance = AlertInstance()
        var log: [String] = []
        for (i, c) in pattern.enumerated() {
            let clear = clears.map { Array($0)[i] == "1" }
            let transition = instance.evaluate(
                holds: c == "1", clears: clear, at: at(Int64(i)), timing)
            if let transition { log.append("\(i) \(transition)") }
        }
        return log
    }

    @Test func withoutWaitingItFiresAtOnce() {
        #expect(run("0110", .init()) == ["1 firing", "3 resolved"])
    }

    @Test func firesWhenTheWaitIsOverAndNotBefore() {
        #expect(run("1111", .init(wait: .seconds(2))) == ["0 pending", "2 firing"])
        #expect(run("11", .init(wait: .seconds(2))) == ["0 pending"])
    }

    @Test func oneEvaluationWithoutItDeletesAPendingOne() {
        #expect(
            run("1101111", .init(wait: .seconds(3)))
                == ["0 pending", "2 dropped", "3 pending", "6 firing"])
    }

    @Test func staysForStrictlyLessThanKeepFiringFor() {
        #expect(run("1000", .init(keepFiringFor: .seconds(2))) == ["0 firing", "2 resolved"])
        #expect(run("10100", .init(keepFiringFor: .seconds(2))) == ["0 firing", "4 resolved"])
    }

    @Test func withClearItResolvesOnlyWhenThatHolds() {
        #expect(run("10010", .init(), clears: "00001") == ["0 firing", "4 resolved"])
    }
}
