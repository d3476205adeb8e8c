import Connectors
import Events
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Why a run without a screen ends before its streams do: a signal, or its time is up.
///
/// The signals are blocked in every thread and taken by one of its own, which lives as long as the
/// process.
final class Interruption: Sendable {
    enum Cause: Sendable { case signal, duration, timeout }

    private let first = Mutex<Cause?>(nil)

    /// What came first; nil: nothing yet.
    var cause: Cause? { first.withLock { $0 } }

    /// `end` is called once, from another thread.
    func watch(
        duration: Nanoseconds?, timeout: Nanoseconds?, _ end: @escaping @Sendable () -> Void
    ) {
        let limit = [duration, timeout].compactMap { $0 }.min()
        let cause: Cause = limit != nil && limit == timeout ? .timeout : .duration
        _ = WorkerThread {
            let caught = Self.waitForSignal(limit)
            self.first.withLock { $0 = $0 ?? (caught ? .signal : cause) }
            end()
        }
    }

    /// True for a signal, false when the time is up.
    private static func waitForSignal(_ limit: Nanoseconds?) -> Bool {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, signal) }
        let deadline = limit.map { nanoseconds(CLOCK_MONOTONIC) + $0.rawValue }
        while true {
            guard let deadline else {
                if sigwaitinfo(&set, nil) > 0 { return true }
                continue
            }
            let left = deadline - nanoseconds(CLOCK_MONOTONIC)
            guard left > 0 else { return false }
            var rest = timespec(
                tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
            if sigtimedwait(&set, nil, &rest) > 0 { return true }
        }
    }
}
