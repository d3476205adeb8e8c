import Glibc

/// The controlling terminal, opened anew by name.
///
/// The open file description is ours alone, so O_NONBLOCK on it is not the shell's too, and
/// standard input may be the data.
struct TerminalDevice: ~Copyable {
    /// No window is larger; a size beyond it is a broken or hostile answer.
    static let largest = 1000

    let descriptor: Int32
    let modes: TerminalModes

    init() throws(TerminalError) {
        let opened = open("/dev/tty", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard opened >= 0 else { throw .noTerminal(reason: String(cString: strerror(errno))) }
        do throws(TerminalError) {
            modes = try TerminalModes(of: opened)
        } catch {
            close(opened)
            throw error
        }
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }

    /// In cells; `nil` where the terminal doesn't know, as on a serial line.
    var size: (columns: Int, rows: Int)? {
        var window = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0,
            window.ws_row > 0
        else { return nil }
        return (min(Int(window.ws_col), Self.largest), min(Int(window.ws_row), Self.largest))
    }

    /// Whether the terminal is ours to use now. Where the kernel can't tell, it is.
    var isForeground: Bool {
        let group = tcgetpgrp(descriptor)
        return group <= 0 || group == getpgrp()
    }

    /// Whether more can be written before the deadline.
    func isWritable(until deadline: UInt64) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let timeout = MonotonicClock.pollTimeout(until: deadline)
        return poll(&entry, 1, timeout) > 0 && entry.revents & Int16(POLLOUT) != 0
    }
}
