/// The name of a source that somebody else serves, taken apart:
/// `scheme://[user[:${VARIABLE}]@]host[:port][,host[:port]…][/path][?option=value&…]`.
///
/// A name is shown on the screen and stands in exports, so a password is never written in it, only
/// where it is found. Percent escapes are read in users, paths and options.
package struct SourceURL: Hashable, Sendable {
    package struct Host: Hashable, Sendable {
        package var name: String
        package var port: UInt16?

        package init(name: String, port: UInt16? = nil) {
            self.name = name
            self.port = port
        }
    }

    package struct Option: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    /// Why a name is none, in words that hold no secret.
    package struct Problem: Error, Hashable, Sendable {
        package var message: String
    }

    package private(set) var scheme: RemoteScheme
    package private(set) var user: String?
    package private(set) var password: Secret?
    /// At least one; the name may be empty only where the scheme has a use for that.
    package private(set) var hosts: [Host] = []
    /// Without the slash before it; a topic, a stream, a database.
    package private(set) var path = ""
    package private(set) var options: [Option] = []
    /// Of a web address: what is asked of the host, `/path?query`, as it stands.
    package private(set) var target = ""

    /// nil: it is no source of this kind, or, for `exec:`, has no such parts.
    package init?(_ source: String) throws(Problem) {
        guard let scheme = RemoteScheme(source: source), scheme != .exec else { return nil }
        self.scheme = scheme
        var rest = source.dropFirst(scheme.prefix.count)
        if scheme.isWeb { rest = try takeTarget(of: rest) }
        if let mark = rest.firstIndex(of: "?") {
            options = try Self.options(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        }
        var place = rest
        if let slash = rest.firstIndex(of: "/") {
            path = try Self.unescaped(rest[rest.index(after: slash)...])
            place = rest[..<slash]
        }
        if let at = place.lastIndex(of: "@") {
            try readUser(place[..<at])
            place = place[place.index(after: at)...]
        }
        for part in place.split(separator: ",", omittingEmptySubsequences: false) {
            hosts.append(try Self.host(part))
        }
    }

    /// What is before it is returned.
    private mutating func takeTarget(of text: Substring) throws(Problem) -> Substring {
        let place = text.prefix { !"/?#".contains($0) }
        target = String(text[place.endIndex...].prefix { $0 != "#" })
        if !target.hasPrefix("/") { target = "/" + target }
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Problem(
                message: "a blank or another such character in an address is escaped: %20")
        }
        let query = target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        for part in query.split(separator: "&") {
            let name = part.prefix { $0 != "=" }.lowercased()
            guard Self.namesOfSecrets.allSatisfy({ !name.contains($0) }) else {
                throw Problem(
                    message: "a secret doesn't stand in a source's name, which is shown; `token` "
                        + "beside it says where one is found")
            }
        }
        return place
    }

    private static let namesOfSecrets = ["password", "secret", "token", "api_key", "apikey"]

    private mutating func readUser(_ text: Substring) throws(Problem) {
        guard let colon = text.firstIndex(of: ":") else {
            return user = try Self.unescaped(text)
        }
        if colon > text.startIndex { user = try Self.unescaped(text[..<colon]) }
        guard let secret = Secret(text[text.index(after: colon)...]) else {
            throw Problem(
                message: "a password doesn't stand in a source's name, which is shown; write the "
                    + "variable that holds it, as in `\(scheme.prefix)user:${PASSWORD}@host`, or "
                    + "`password: file:PATH` beside it")
        }
        password = secret
    }

    /// `host`, `host:port`, `[::1]:port`, `:port`.
    private static func host(_ text: Substring) throws(Problem) -> Host {
        let bracketed = text.hasPrefix("[")
        let nameEnd = bracketed ? text.firstIndex(of: "]").map { text.index(after: $0) } : nil
        let colon = bracketed ? nameEnd : text.firstIndex(of: ":")
        let name = String(text[..<(colon ?? text.endIndex)])
        let ported = colon.map { text[$0...] } ?? ""
        let port = UInt16(ported.dropFirst())
        let isPort = ported.isEmpty || (ported.hasPrefix(":") && port ?? 0 > 0)
        guard isPort, !bracketed || nameEnd != nil, !name.contains(where: \.isWhitespace) else {
            throw Problem(
                message: "`\(text)` is no host; expected `host`, `host:port` or `[::1]:port`")
        }
        return Host(name: bracketed ? String(name.dropFirst().dropLast()) : name, port: port)
    }

    /// `name=value&name`: a name alone is true.
    private static func options(_ text: Substring) throws(Problem) -> [Option] {
        var options: [Option] = []
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? try unescaped(pair[1]) : "true"
            options.append(Option(name: try unescaped(pair[0]), value: value))
        }
        return options
    }

    private static func unescaped(_ text: Substring) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.count >= 2
            else {
                throw Problem(message: "`%` begins an escape like `%20`; itself it is `%25`")
            }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
