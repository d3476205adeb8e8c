import Screen

/// What the terminal, a signal or another thread tells the screen's thread.
package enum TerminalEvent: Hashable, Sendable {
    case key(KeyPress)
    /// The window has another size; the next frame should have it too.
    case resized(columns: Int, rows: Int)
    /// `TerminalWaker.wake()` was called, once or more.
    case woken
    /// A frame was refused because the former was not out; now it is, so draw the newest.
    case caughtUp
    /// SIGINT: Ctrl-C, usually.
    case interrupted
    /// SIGTERM.
    case terminated
    /// SIGHUP, or the terminal is gone. Nothing can be drawn any more.
    case hungUp
    /// SIGUSR1.
    case reload
    /// The terminal is ours again after a suspension; the next frame is drawn whole.
    case resumed
}
