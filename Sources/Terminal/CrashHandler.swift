import Glibc

/// Gives the terminal back when the program dies of a fault.
///
/// The handler does only what a signal handler may: it writes bytes that were made beforehand,
/// restores the modes, puts the former handler back and raises the signal again, so the exit
/// status and the core file are those of the fault.
package enum CrashHandler {
    /// SIGQUIT is here for the user who ends a program that hangs with Ctrl-\.
    fileprivate static let signals = [
        SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGQUIT,
    ]
    private static let stackSize = 1 << 16

    /// Gives the calling thread a stack for the handler, so that it also runs when the thread's
    /// own has overflowed. For long-lived threads: it is never freed.
    package static func useOwnStack() {
        var present = stack_t()
        guard sigaltstack(nil, &present) == 0, present.ss_flags & Int32(SS_DISABLE) != 0,
            let memory = malloc(stackSize)
        else { return }
        var stack = stack_t(ss_sp: memory, ss_flags: 0, ss_size: stackSize)
        sigaltstack(&stack, nil)
    }

    /// From now on a fault gives the terminal back as the record says.
    static func arm(_ record: CrashRecord) {
        if formerActions == nil { install() }
        armed = nil
        let memory = armedMemory ?? .allocate(capacity: 1)
        if armedMemory == nil {
            memory.initialize(to: record)
        } else {
            memory.pointee.leaving.deallocate()
            memory.pointee = record
        }
        armedMemory = memory
        armed = memory
    }

    /// The terminal is not ours any more.
    static func disarm() {
        armed = nil
    }

    private static func install() {
        let former = UnsafeMutablePointer<sigaction>.allocate(capacity: Int(NSIG))
        former.initialize(repeating: sigaction(), count: Int(NSIG))
        formerActions = former
        for number in signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { handle($0) }
            action.sa_flags = Int32(SA_ONSTACK)
            sigaction(number, &action, former + Int(number))
            // What was ignored wouldn't end us when it is raised again.
            guard BlockedSignals.isIgnoring(former[Int(number)]) else { continue }
            sigaction(number, former + Int(number), nil)
        }
    }
}

/// What a fault needs to give the terminal back.
struct CrashRecord {
    var terminal: Int32
    var modes: termios
    /// Owned by the record.
    var leaving: UnsafeMutableBufferPointer<UInt8>
    /// The memory file that stands in for standard error, and standard error; -1 without.
    var heldError: Int32
    var formerError: Int32

    /// Async-signal-safe.
    fileprivate func giveBack() {
        write(UnsafeRawBufferPointer(leaving))
        TerminalModes.set(modes, on: terminal)
        guard heldError >= 0 else { return }
        dup2(formerError, 2)
        writeHeldError()
    }

    /// What was held back, in pieces of the stack's size.
    private func writeHeldError() {
        let end = lseek(heldError, 0, SEEK_CUR)
        withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { piece in
            var at: off_t = 0
            while at < end {
                let count = pread(heldError, piece.baseAddress, min(1024, Int(end - at)), at)
                guard count > 0 else { return }
                write(UnsafeRawBufferPointer(rebasing: piece[..<count]))
                at += off_t(count)
            }
        }
    }

    /// Waits a fifth of a second for a terminal that takes nothing, then throws away what is on
    /// its way to it, then gives up.
    private func write(_ bytes: UnsafeRawBufferPointer) {
        var sent = 0
        var hasFlushed = false
        while sent < bytes.count {
            let count = Glibc.write(terminal, bytes.baseAddress! + sent, bytes.count - sent)
            if count > 0 {
                sent += count
                continue
            }
            guard errno == EAGAIN || errno == EINTR else { return }
            var entry = pollfd(fd: terminal, events: Int16(POLLOUT), revents: 0)
            if poll(&entry, 1, 200) > 0 { continue }
            if hasFlushed { return }
            hasFlushed = true
            tcflush(terminal, TCOFLUSH)
        }
    }
}

// The handler's state. Only the screen's thread writes it; a handler on any thread reads it, and
// `armed` is the last to be set and the first to be cleared.
private nonisolated(unsafe) var armed: UnsafeMutablePointer<CrashRecord>?
private nonisolated(unsafe) var armedMemory: UnsafeMutablePointer<CrashRecord>?
private nonisolated(unsafe) var formerActions: UnsafeMutablePointer<sigaction>?

/// Runs on whatever thread faulted. The raised signal waits until the handler returns, so it is
/// the former handler, or the default, that sees the fault where it happened.
private func handle(_ number: Int32) {
    if let record = armed {
        armed = nil
        record.pointee.giveBack()
    }
    if let formerActions { sigaction(number, formerActions + Int(number), nil) }
    raise(number)
}
