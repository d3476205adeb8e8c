import Events
import Glibc

extension Timestamp {
    /// What the clock on the wall says: for `start: 15m`, never for events.
    static var wallClock: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(rawValue: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
