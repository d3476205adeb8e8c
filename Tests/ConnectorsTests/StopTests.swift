import Events
import Glibc
import Testing

@testable import Connectors

@Suite struct StopTests {
    @Test func staysOnceGiven() {
        let stop = Stop()
        #expect(!stop.isSignaled)
        #expect(!stop.wait(for: .milliseconds(1)))
        for _ in 0..<3 { stop.signal() }
        #expect(stop.isSignaled)
        #expect(stop.wait(for: .seconds(3600)))
        #expect(stop.wait(for: .seconds(3600)))
    }

    @Test func wakesWhoWaits() {
        let stop = Stop()
        let thread = SourceThread { _ = stop.wait(for: .seconds(3600)) }
        stop.signal()
        #expect(thread.join(within: 5))
    }

    @Test func saysWhichInputsCanBeRead() {
        var (first, second): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
        pipe(&first)
        pipe(&second)
        let ends = (first + second).map(Writer.init(descriptor:))
        let (inputs, stop) = ([first[0], second[0]], Stop())
        #expect(stop.wait(inputs: inputs, for: .zero) == Set<Int32>())
        ends[3].write("a")
        #expect(stop.wait(inputs: inputs) == Set([second[0]]))
        stop.signal()
        #expect(stop.wait(inputs: inputs) == nil)
        withExtendedLifetime(ends) {}
    }

    @Test func signsComeBeforeInput() {
        let input = Stop()
        input.signal()
        let stop = Stop()
        #expect(stop.wait(input: -1, for: .zero) == .timedOut)
        stop.signal()
        #expect(stop.wait(input: 0) == .stopped)
    }
}
