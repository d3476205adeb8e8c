/// A socket as a source names it: `tcp://host:port` and `unix://path` connect to somebody,
/// `tcp-listen://host:port` and `unix-listen://path` wait for whoever connects.
package struct SocketName: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        /// An empty host is every address of this machine.
        case tcp(host: String, port: UInt16)
        /// Never of a `SocketName`: datagrams have a source of their own.
        case udp(host: String, port: UInt16)
        case unix(path: String)
    }

    package var place: Place
    package var listens: Bool

    package static let schemes = ["tcp", "tcp-listen", "unix", "unix-listen"]

    /// The longest path that a socket's address holds, in bytes.
    private static let pathLimit = 107

    /// Nil for anything else. An IPv6 address stands in brackets: `tcp://[::1]:9000`.
    package init?(source: String) {
        let parts = source.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, Self.schemes.contains(parts[0]), parts[1].hasPrefix("//") else {
            return nil
        }
        let address = String(parts[1].dropFirst(2))
        listens = parts[0].hasSuffix("-listen")
        if parts[0].hasPrefix("unix") {
            guard 1...Self.pathLimit ~= address.utf8.count else { return nil }
            place = .unix(path: address)
        } else {
            guard let place = Self.tcp(address), listens || place.hasHost else { return nil }
            self.place = place
        }
    }

    /// `host:port`; a slash at the end is a habit of URLs.
    private static func tcp(_ address: String) -> Place? {
        let address = address.hasSuffix("/") ? String(address.dropLast()) : address
        guard let colon = address.lastIndex(of: ":"),
            let port = UInt16(address[address.index(after: colon)...]), port > 0
        else { return nil }
        var host = String(address[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard !host.contains("/"), !host.contains(" ") else { return nil }
        return .tcp(host: host, port: port)
    }
}

extension SocketName.Place {
    fileprivate var hasHost: Bool {
        if case .tcp("", _) = self { return false }
        return true
    }
}
