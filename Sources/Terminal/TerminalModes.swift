import Glibc

/// The settings of a terminal's line discipline, before us and while we draw.
struct TerminalModes {
    /// As they were found; what the terminal is given back with.
    let former: termios

    init(of descriptor: Int32) throws(TerminalError) {
        var found = termios()
        guard tcgetattr(descriptor, &found) == 0 else { throw .lastRefusal("tcgetattr") }
        former = found
    }

    /// Every key at once and unseen, every byte out as it is.
    ///
    /// Signals stay with the keyboard: Ctrl-C and Ctrl-Z, or what the user has set instead, do
    /// what they do elsewhere. Ctrl-S is a key, not a trap. Without output processing a line feed
    /// only moves down, which is what `nonl()` tells ncurses.
    var drawing: termios {
        var modes = former
        modes.c_iflag &= ~tcflag_t(IXON | IXOFF | ICRNL | INLCR | IGNCR | ISTRIP | BRKINT)
        modes.c_oflag &= ~tcflag_t(OPOST)
        modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN)
        modes.c_lflag |= tcflag_t(ISIG)
        withUnsafeMutableBytes(of: &modes.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        return modes
    }

    /// Whether the terminal took them. One that is gone takes none.
    @discardableResult
    static func set(_ modes: termios, on descriptor: Int32) -> Bool {
        var modes = modes
        while tcsetattr(descriptor, TCSANOW, &modes) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }
}
