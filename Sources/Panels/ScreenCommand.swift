import Events

/// What a key asks of the program, which the screen can't do for itself.
package enum ScreenCommand: Hashable, Sendable {
    case quit, redraw, reload
    case theme(String)
    /// Stops the intake, or lets it go on.
    case pause(Bool)
    case copy(String)
    /// Writes the frame to a file; nil: weir names it.
    case picture(String?)
    /// A query that becomes a panel.
    case query(String)
    /// About alerts.
    case act(OperatorAction)
    /// About a replay.
    case play(PlaybackOrder)
    /// A place of a replay, as a person writes it.
    case seek(String)
    /// Two of them; none: no loop.
    case loop(String)
    /// Takes the last panel of a query away.
    case close
}
