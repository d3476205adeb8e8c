import Glibc

/// The one place where the screen's thread sleeps.
extension Terminal {
    /// How long an Escape waits for the rest of an arrow key.
    private static let escapeDelay: UInt64 = 25_000_000
    /// How often a program in the background looks whether the terminal is its own again; shells
    /// don't say.
    private static let backgroundDelay: UInt64 = 200_000_000

    /// Waits for keys, signals, a wake or the deadline, and meanwhile sends what is still to go.
    ///
    /// The deadline is of `MonotonicClock`; `nil` is none, and one that has passed only looks.
    /// Empty when the deadline came first.
    package func wait(until deadline: UInt64?) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        repeat {
            pollOnce(until: nearest(deadline), into: &events)
        } while events.isEmpty && !isPast(deadline)
        return events
    }

    private func isPast(_ deadline: UInt64?) -> Bool {
        deadline.map { MonotonicClock.now() >= $0 } ?? false
    }

    private func nearest(_ deadline: UInt64?) -> UInt64? {
        var deadlines = [deadline, escapeDeadline].compactMap { $0 }
        if !isHeld, !isGone { deadlines.append(MonotonicClock.now() + Self.backgroundDelay) }
        return deadlines.min()
    }

    private func pollOnce(until deadline: UInt64?, into events: inout [TerminalEvent]) {
        var entries = [
            pollfd(fd: isGone ? -1 : device.descriptor, events: interest, revents: 0),
            pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&entries, 3, MonotonicClock.pollTimeout(until: deadline))
        readSignals(into: &events)
        if waker.takeWake() { events.append(.woken) }
        serveTerminal(entries[0].revents, into: &events)
        endEscape(into: &events)
        if !isHeld, !isGone, take() { events.append(.resumed) }
    }

    /// A terminal that isn't ours is only watched for its end.
    private var interest: Int16 {
        guard isHeld else { return 0 }
        return Int16(POLLIN) | (output.isEmpty ? 0 : Int16(POLLOUT))
    }

    private func serveTerminal(_ ready: Int16, into events: inout [TerminalEvent]) {
        guard !isGone else { return }
        if isHeld, ready & Int16(POLLOUT) != 0 { flush() }
        if isHeld, wasRefused, output.isEmpty {
            wasRefused = false
            events.append(.caughtUp)
        }
        if isHeld, ready & Int16(POLLIN) != 0 { readKeys(into: &events) }
        if ready & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { hangUp(into: &events) }
    }

    private func readKeys(into events: inout [TerminalEvent]) {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(device.descriptor, &bytes, bytes.count)
        if count > 0 {
            let now = MonotonicClock.now()
            events += decoder.feed(bytes[..<count]).map { key in
                guard case .mouse(let press) = key else { return .key(key) }
                return .key(.mouse(clicks.count(press, at: now)))
            }
            escapeDeadline = decoder.isWaiting ? MonotonicClock.now() + Self.escapeDelay : nil
            return
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        if device.isForeground {
            hangUp(into: &events)
        } else {
            giveBack(restoringModes: false)
        }
    }

    private func hangUp(into events: inout [TerminalEvent]) {
        guard !isGone else { return }
        abandon()
        events.append(.hungUp)
    }

    private func endEscape(into events: inout [TerminalEvent]) {
        guard let escapeDeadline, MonotonicClock.now() >= escapeDeadline else { return }
        self.escapeDeadline = nil
        events += decoder.timeOut().map { .key($0) }
    }

    private func readSignals(into events: inout [TerminalEvent]) {
        while let number = signals.next() {
            switch number {
            case SIGINT: events.append(.interrupted)
            case SIGTERM: events.append(.terminated)
            case SIGHUP: events.append(.hungUp)
            case SIGUSR1: events.append(.reload)
            case SIGWINCH: measureAgain(into: &events)
            case SIGTSTP: suspend()
            case SIGCONT: goOn(into: &events)
            default: break
            }
        }
    }

    private func measureAgain(into events: inout [TerminalEvent]) {
        guard measure() else { return }
        events.append(.resized(columns: columns, rows: rows))
    }

    /// What follows is a SIGCONT, unless the kernel didn't stop us; then the next look at the
    /// background takes the terminal again.
    private func suspend() {
        giveBack(restoringModes: true)
        BlockedSignals.stopProcess()
    }

    /// After a stop that was not announced the shell has set its own modes, and may hold the
    /// terminal still.
    private func goOn(into events: inout [TerminalEvent]) {
        guard !isGone else { return }
        measureAgain(into: &events)
        if isHeld, !device.isForeground { giveBack(restoringModes: false) }
        if take() { events.append(.resumed) }
    }
}
