import Events

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
