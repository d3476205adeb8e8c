import Events

/// How a replay plays now, for the screen.
package struct ReplayStatus: Hashable, Sendable {
    /// How many times as fast as it happened; infinity: as fast as it goes.
    package var speed = 1.0
    package var isPaused = false
    /// On its way to another place.
    package var isSeeking = false
    package var isAtEnd = false
    /// Where it stands: the last input, and the time.
    package var number: UInt64 = 0
    package var now = Timestamp.beginning
    /// Is played again and again.
    package var loop: ClosedRange<Timestamp>?
    /// nil: it isn't shown.
    package var timeline: Timeline?

    package init(speed: Double = 1) { self.speed = speed }

    /// `10×`, `max`.
    var speedText: String { speed.isFinite ? "\(plainNumber(speed))×" : "max" }

    /// What the truth line says of it.
    var words: String {
        if isSeeking { return "SEEKING" }
        if isPaused { return "PAUSED" }
        return isAtEnd ? "END" : speedText
    }
}

/// A place in a replay that somebody wants to find again.
package struct Bookmark: Hashable, Sendable {
    package var number: UInt64
    package var at: Timestamp
    package var name: String

    package init(number: UInt64, at: Timestamp, name: String) {
        (self.number, self.at, self.name) = (number, at, name)
    }
}
