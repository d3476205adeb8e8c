import Configuration
import Synchronization

/// What threads have to tell a person, until the screen shows it; without a screen it is said on
/// standard error at once.
final class Notices: Sendable {
    /// More are not worth keeping: the newest stay.
    static let limit = 20

    private let waiting = Mutex<[String]>([])
    private let signs = Mutex<[Sign]>([])
    private let isShown: Bool

    /// What the terminal is to do for a receiver of alerts.
    struct Sign: Sendable {
        var kind: ReceiverDefinition.TerminalSign
        var text: String
    }

    /// `isShown`: a screen takes them.
    init(isShown: Bool) { self.isShown = isShown }

    func say(_ text: String) {
        guard isShown else { return Output.say(text) }
        waiting.withLock { waiting in
            if waiting.count == Self.limit { waiting.removeFirst() }
            waiting.append(text)
        }
    }

    /// The terminal does it with its next frame. The newest stay.
    func sign(_ kind: ReceiverDefinition.TerminalSign, _ text: String) {
        signs.withLock { signs in
            if signs.count == Self.limit { signs.removeFirst() }
            signs.append(Sign(kind: kind, text: text))
        }
    }

    func nextSign() -> Sign? { signs.withLock { $0.isEmpty ? nil : $0.removeFirst() } }

    /// The oldest that was not shown yet.
    func next() -> String? { waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
