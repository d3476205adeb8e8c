import Events
import Glibc

/// CLOCK_MONOTONIC: for pacing and deadlines, never for events.
enum Monotonic {
    static func now() -> Nanoseconds {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Nanoseconds(rawValue: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// For `poll`: rounded up, so that it never returns early and spins.
    static func milliseconds(until deadline: Nanoseconds) -> Int32 {
        let rest = max(0, deadline.rawValue - now().rawValue)
        return Int32(clamping: (rest + 999_999) / 1_000_000)
    }
}
