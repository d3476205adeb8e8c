import Events

/// Until when somebody waits, by the monotonic clock.
struct Deadline {
    /// In nanoseconds.
    let instant: Int64
}

extension Deadline? {
    /// Without one it never is.
    var isPast: Bool { self.map { monotonicNow() >= $0.instant } ?? false }

    /// How long it is until then; nil without one.
    var rest: Nanoseconds? {
        self.map { Nanoseconds(rawValue: max(0, $0.instant - monotonicNow())) }
    }
}
