import Glibc

/// Taking the terminal and giving it back.
extension Terminal {
    /// How long a slow terminal is waited for before what is on its way is thrown away.
    private static let patience: UInt64 = 500_000_000

    /// Takes the terminal if it is ours to take; whether it is held now.
    @discardableResult
    func take() -> Bool {
        guard !isGone, device.isForeground,
            TerminalModes.set(device.modes.drawing, on: device.descriptor)
        else { return false }
        isHeld = true
        errorOutput.hold()
        armCrashHandler()
        if hasMouse { output.append(MouseReporting.begin) }
        redraw()
        return true
    }

    /// Gives the terminal back: its first screen, its cursor, its modes, its error output.
    ///
    /// Without the modes where another program has set its own since.
    func giveBack(restoringModes: Bool) {
        guard isHeld else { return }
        leaveScreen()
        CrashHandler.disarm()
        if restoringModes { TerminalModes.set(device.modes.former, on: device.descriptor) }
        let errors = errorOutput.giveBack()
        send(errors)
        output.discard()
        isHeld = false
    }

    /// The terminal hung up: there is nothing to give back and nobody to read it.
    func abandon() {
        isGone = true
        isHeld = false
        output.discard()
        CrashHandler.disarm()
        _ = errorOutput.giveBack()
    }

    func armCrashHandler() {
        let leaving = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: curses.leaving.count)
        _ = leaving.initialize(from: curses.leaving)
        CrashHandler.arm(
            CrashRecord(
                terminal: device.descriptor, modes: device.modes.former, leaving: leaving,
                heldError: errorOutput.held, formerError: errorOutput.former))
    }

    /// The frame that is on its way comes first. A terminal that takes nothing loses it, and gets
    /// the shortest way out.
    private func leaveScreen() {
        curses.end()
        if send((hasMouse ? MouseReporting.end : []) + curses.takeBytes()) { return }
        tcflush(device.descriptor, TCOFLUSH)
        output.discard()
        send(curses.leaving)
    }

    /// Whether all of it went out in time.
    @discardableResult
    private func send(_ bytes: [UInt8]) -> Bool {
        output.append(bytes)
        let deadline = MonotonicClock.now() + Self.patience
        while output.flush(to: device.descriptor) == .blocked {
            guard device.isWritable(until: deadline) else { return false }
        }
        return output.isEmpty
    }
}
