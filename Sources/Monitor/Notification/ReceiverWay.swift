import Configuration
import Connectors
import Events

/// How a receiver is told.
final class ReceiverWay {
    private enum Way {
        case terminal((String) -> Delivery)
        case command(CommandReceiver)
        case webhook(WebReceiver)
        case alertmanager(WebReceiver)
    }

    private var way: Way

    /// `sign`: gives a sign on the terminal; nil without a screen.
    init(
        _ definition: ReceiverDefinition,
        _ sign: (@Sendable (ReceiverDefinition.TerminalSign, String) -> Void)?
    ) {
        func web(_ address: ReceiverDefinition.Address, path: String = "") -> WebReceiver {
            let place: WebReceiver.Address =
                switch address {
                case .url(let url): .url(url)
                case .secret(let secret): .secret(secret)
                }
            return WebReceiver(
                place, path: path, bearerToken: definition.bearerToken,
                authorities: definition.caFile, timeout: definition.timeout)
        }
        switch definition.way {
        case .terminal(let kind):
            way = .terminal { line in
                guard let sign else { return .refused("weir isn't drawn on a terminal") }
                sign(kind, line)
                return .delivered
            }
        case .command(let command):
            way = .command(CommandReceiver(command, timeout: definition.timeout))
        case .webhook(let address): way = .webhook(web(address))
        case .alertmanager(let address):
            way = .alertmanager(web(address, path: "/api/v2/alerts"))
        }
    }

    /// Waits for what comes of it.
    func tell(_ text: NotificationText, at now: Timestamp, until stop: Stop) -> Delivery {
        switch way {
        case .terminal(let give): return give(text.line)
        case .command(let command): return command.run(input: text.json, until: stop)
        case .webhook(var web):
            defer { way = .webhook(web) }
            return web.post(text.json, until: stop)
        case .alertmanager(var web):
            defer { way = .alertmanager(web) }
            return web.post(text.alertmanager(now: now), until: stop)
        }
    }
}
