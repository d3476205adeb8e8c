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
    }

    func restore() {
        for (number, var action) in zip(Self.numbers, actions) { sigaction(number, &action, nil) }
    }
}
