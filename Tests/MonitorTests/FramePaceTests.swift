import Engine
import Events
import Testing

@testable import Monitor

/// What is left out when frames don't come out in time, in which order, and how it comes back.
@Suite struct FramePaceTests {
    private let quick = Nanoseconds.milliseconds(2)
    private let slow = Nanoseconds.milliseconds(30)

    private func pace() -> FramePace {
        FramePace(framesPerSecond: 10, budget: .milliseconds(16))
    }

    @Test func theOrderOfSteps() {
        var pace = pace()
        var steps: [String] = []
        for _ in 0..<30 {
            pace.note(frame: slow, written: .zero)
            let step = "\(pace.economy.word ?? "–") \(pace.framesPerSecond)"
            if steps.last != step { steps.append(step) }
        }
        #expect(
            steps == [
                "– 10", "fewer points 10", "slower panels 10", "slower 5", "slower 2", "slower 1",
            ])
        #expect(pace.reason == "frames take long")
    }

    @Test func aBlockedTerminalIsAReasonToo() {
        var pace = pace()
        for _ in 0..<3 { pace.note(frame: quick, written: .milliseconds(51)) }
        #expect(pace.economy == .fewerPoints && pace.reason == "the terminal is slow")
        // Two in a row are no reason yet.
        for _ in 0..<9 {
            pace.note(frame: quick, written: .milliseconds(51))
            pace.note(frame: slow, written: .zero)
            pace.note(frame: quick, written: .zero)
        }
        #expect(pace.economy == .fewerPoints)
    }

    @Test func itComesBackStepByStep() {
        var pace = pace()
        for _ in 0..<12 { pace.note(frame: slow, written: .zero) }
        #expect(pace.framesPerSecond == 2)
        var rates: [Int] = []
        for _ in 0..<4 {
            for _ in 0..<20 { pace.note(frame: quick, written: .zero) }
            rates.append(pace.framesPerSecond)
        }
        #expect(rates == [5, 10, 10, 10] && pace.economy == .none)
    }

    /// What costs too much at full is not tried every two seconds.
    @Test func aRelapseMakesItWaitLonger() {
        var pace = pace()
        var changes = 0
        var before = pace.economy
        for _ in 0..<2000 {
            pace.note(frame: pace.economy == .none ? slow : quick, written: .zero)
            if pace.economy != before { changes += 1 }
            before = pace.economy
        }
        #expect(changes < 20, "\(changes)")
        for _ in 0..<3000 { pace.note(frame: quick, written: .zero) }
        #expect(pace.economy == .none)
    }
}
