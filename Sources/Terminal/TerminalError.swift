import Glibc

/// Why the screen can't be used. Each text says what was looked for and what to do.
package enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The process has no controlling terminal.
    case noTerminal(reason: String)
    /// TERM is unset or empty.
    case typeUnset
    /// The terminfo database has no entry of this name.
    case typeUnknown(String)
    /// The terminal can't move its cursor.
    case cannotMoveCursor(String)
    /// The system refused something that the screen is made of.
    case refused(call: String, reason: String)

    package var description: String {
        switch self {
        case .noTerminal(let reason):
            "no terminal to draw on: /dev/tty can't be opened (\(reason)); "
                + "--headless prints lines instead"
        case .typeUnset:
            "TERM is not set, so the terminal's kind is unknown; "
                + "set it (TERM=xterm-256color fits most) or use --headless"
        case .typeUnknown(let name):
            "TERM=\(name) is not in this machine's terminfo database; "
                + "install its entry, set another (TERM=xterm-256color fits most) "
                + "or use --headless"
        case .cannotMoveCursor(let name):
            "TERM=\(name) is a terminal that can't move its cursor; use --headless"
        case .refused(let call, let reason):
            "the terminal can't be set up: \(call) failed (\(reason))"
        }
    }

    /// The error of the last system call.
    static func lastRefusal(_ call: String) -> TerminalError {
        .refused(call: call, reason: String(cString: strerror(errno)))
    }
}
