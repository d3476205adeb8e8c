import CNcurses
import Glibc

/// The signals that are read from a descriptor instead of interrupting a thread.
///
/// A signal that was ignored when the program started (`nohup`, a background job of a script)
/// stays ignored.
package enum BlockedSignals {
    private static let read = [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT, SIGUSR1]

    /// To be called by `main` before any thread starts: threads inherit the mask.
    ///
    /// A child process inherits it too, and must be started with an empty one. SIGTTOU and
    /// SIGTTIN are blocked so that a program in the background is never stopped by its own screen.
    package static func block() {
        var set = readSet()
        sigaddset(&set, SIGTTOU)
        sigaddset(&set, SIGTTIN)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// The set that a `SignalQueue` reads.
    static func readSet() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in read where !isIgnored(number) { sigaddset(&set, number) }
        return set
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return isIgnoring(action)
    }

    static func isIgnoring(_ action: sigaction) -> Bool {
        action.__sigaction_handler.sa_handler.map { unsafeBitCast($0, to: Int.self) }
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Stops the process as SIGTSTP does, and returns when it goes on.
    ///
    /// Returns at once where the kernel discards the stop: in an orphaned process group.
    static func stopProcess() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTSTP)
        raise(SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }
}
