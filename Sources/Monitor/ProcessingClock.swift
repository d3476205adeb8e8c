import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What the queue stamps with.
protocol ProcessingClock: Sendable {
    func now() -> Timestamp
}

/// The wall clock at the start, and from then on the time that has really passed, suspended or
/// not: a correction of the wall clock neither stops nor repeats time.
struct LiveClock: ProcessingClock {
    private let wall: Timestamp
    private let boot: Int64

    init() {
        wall = Timestamp(rawValue: nanoseconds(CLOCK_REALTIME))
        boot = nanoseconds(CLOCK_BOOTTIME)
    }

    func now() -> Timestamp {
        wall + Nanoseconds(rawValue: nanoseconds(CLOCK_BOOTTIME) - boot)
    }
}

/// A clock of the operating system, in nanoseconds.
func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
