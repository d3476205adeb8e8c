import Events
import Testing

@testable import Connectors

/// Whether one of five attempts takes no longer than that, from the time that it gives to its end.
/// On a machine that is busy with other tests an attempt may be kept waiting by them; what is slow
/// by itself is slow five times.
func quickly(
    within limit: Nanoseconds, _ attempt: () throws -> Nanoseconds
) rethrows -> Bool {
    for _ in 0..<5 {
        let start = try attempt()
        if Monotonic.now() < start + limit { return true }
    }
    return false
}

/// Expects that what `begin` starts ends within 200 ms of a stop. `isReady`: the stop comes then.
/// `afterwards`: looks at each attempt.
func expectStop(
    after isReady: (TestSink) -> Bool, of begin: (Stop, TestSink) throws -> SourceThread,
    _ afterwards: (TestSink) -> Void = { _ in }
) throws {
    let isQuick = try quickly(within: .milliseconds(200)) {
        let (stop, sink) = (Stop(), TestSink())
        let thread = try begin(stop, sink)
        let hasBegun = sink.wait(until: isReady)
        #expect(hasBegun)
        let start = Monotonic.now()
        sink.stop()
        stop.signal()
        #expect(thread.join(within: 5))
        afterwards(sink)
        return start
    }
    #expect(isQuick)
}
