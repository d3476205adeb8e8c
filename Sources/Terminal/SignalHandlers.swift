import Glibc

/// The handlers that `newterm` replaces with its own, to put them back: the signals are ours.
struct SignalHandlers {
    private static let numbers = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH]
    private let actions: [sigaction]

    init() {
        actions = Self.numbers.map { number in
            var action = sigaction()
            sigaction(number, nil, &action)
            return action
        }
        // Where SIGTSTP has its default, ncurses ignores it during each update, and to ignore a
        // signal throws away the one that waits to be read: a Ctrl-Z would be lost now and then.
        // Where it finds a handler at its start it never touches it again.
        signal(SIGTSTP) { _ in }
    }

    func restore() {
        for (number, var action) in zip(Self.numbers, actions) { sigaction(number, &action, nil) }
    }
}
