import Events

/// What a person wants of a replay.
package enum PlaybackOrder: Hashable, Sendable {
    case pause(Bool)
    /// How many times as fast as it happened; infinity: as fast as it goes.
    case speed(Double)
    case seek(PlaybackTarget)
    /// Goes there, and pauses.
    case halt(PlaybackTarget)
    /// So many units on; back when negative.
    case step(Int, PlaybackUnit)
    /// Plays that again and again; nil: no more.
    case loop(ClosedRange<Timestamp>?)
}

/// A place in a replay.
package enum PlaybackTarget: Hashable, Sendable {
    /// That of the input of this number.
    case number(UInt64)
    /// Everything up to it.
    case instant(Timestamp)
}

/// What a step goes to.
package enum PlaybackUnit: String, CaseIterable, Hashable, Sendable {
    /// The next input, whatever it is.
    case snapshot
    /// The next input that holds records.
    case event
    /// The next input with which a window fires.
    case window
}
