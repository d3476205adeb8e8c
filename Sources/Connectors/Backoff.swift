import Events

/// How long to wait before the next attempt: 200 ms, then twice as long each time, at most 10 s.
struct Backoff {
    static let limit = Nanoseconds.seconds(10)

    private var wait = Nanoseconds.milliseconds(200)

    mutating func next() -> Nanoseconds {
        defer { wait = min(Nanoseconds(rawValue: wait.rawValue * 2), Self.limit) }
        return wait
    }
}
