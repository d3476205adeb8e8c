import Events

/// Who is told of alerts that fire, and how.
package struct ReceiverDefinition: Hashable, Sendable {
    /// A sign that the terminal gives: a bell, or a note on the desktop, as iTerm2 and kitty
    /// (OSC 9) or rxvt, foot and Ghostty (OSC 777) know it.
    package enum TerminalSign: String, CaseIterable, Hashable, Sendable {
        case bell, osc9, osc777
    }

    /// An address of a web server. One that is a secret itself is named, never written.
    package enum Address: Hashable, Sendable {
        case url(String)
        case secret(Secret)

        /// As a dashboard writes it.
        package var written: String {
            switch self {
            case .url(let url): url
            case .secret(let secret): secret.written
            }
        }
    }

    package enum Way: Hashable, Sendable {
        case terminal(TerminalSign)
        /// What `/bin/sh` runs, with the message on its standard input.
        case command(String)
        case webhook(Address)
        /// Its address, without the path of the API.
        case alertmanager(Address)

        /// The key that it is written by.
        package var name: String {
            switch self {
            case .terminal: "terminal"
            case .command: "command"
            case .webhook: "webhook"
            case .alertmanager: "alertmanager"
            }
        }

        package var written: String {
            switch self {
            case .terminal(let sign): sign.rawValue
            case .command(let command): command
            case .webhook(let address), .alertmanager(let address): address.written
            }
        }
    }

    package var name: String
    package var way: Way
    /// Only alerts with all of these labels.
    package var only: [AlertDefinition.Label] = []
    /// What the alerts of one message have in common: `alert`, fields of groups, labels.
    package var groupBy = ["alert"]
    /// How long a first message waits for others of its group.
    package var groupWait = Nanoseconds.seconds(10)
    /// How long there is between two messages of a group, at least.
    package var groupInterval = Nanoseconds.seconds(300)
    /// How long until an alert that still fires is told of again.
    package var repeatInterval = Nanoseconds.seconds(4 * 3600)
    package var sendResolved = true
    /// How long one attempt may take.
    package var timeout = Nanoseconds.seconds(10)
    /// For `Authorization: Bearer …`.
    package var bearerToken: Secret?
    /// A file of certificates (PEM) that are trusted instead of the system's.
    package var caFile: String?

    /// Alertmanager groups, waits and repeats by itself: it is told at once, and again each minute,
    /// for it takes an alert that it hears nothing of for resolved.
    package init(name: String, way: Way) {
        self.name = name
        self.way = way
        if case .alertmanager = way {
            groupBy = []
            groupWait = .zero
            groupInterval = .zero
            repeatInterval = .seconds(60)
        }
    }

    /// Whether it is a web server.
    package var isWeb: Bool {
        switch way {
        case .webhook, .alertmanager: true
        case .terminal, .command: false
        }
    }

    /// Whether weir decides when it is told, and of what together.
    package var isGrouped: Bool {
        if case .alertmanager = way { return false }
        return true
    }
}
