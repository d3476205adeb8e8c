import Synchronization

/// What threads have to tell a person, until the screen shows it; without a screen it is said on
/// standard error at once.
final class Notices: Sendable {
    /// More are not worth keeping: the newest stay.
    static let limit = 20

    private let waiting = Mutex<[String]>([])
    private let isShown: Bool

    /// `isShown`: a screen takes them.
    init(isShown: Bool) { self.isShown = isShown }

    func say(_ text: String) {
        guard isShown else { return Output.say(text) }
        waiting.withLock { waiting in
            if waiting.count == Self.limit { waiting.removeFirst() }
            waiting.append(text)
        }
    }

    /// The oldest that was not shown yet.
    func next() -> String? { waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
