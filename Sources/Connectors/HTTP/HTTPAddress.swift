import Events

/// Where a web source is, and how one is let in there.
struct HTTPAddress {
    /// How often a server may send on to another address.
    private static let redirectLimit = 5

    private let url: String
    private let settings: SourceSettings
    private let user: String?
    private let urlPassword: Secret?

    init(_ source: SourceURL, _ settings: SourceSettings) {
        let host = source.hosts[0]
        let name = host.name.contains(":") ? "[\(host.name)]" : host.name
        let port = host.port.map { ":\($0)" } ?? ""
        url = "\(source.scheme.rawValue)://\(name)\(port)\(source.target)"
        self.settings = settings
        user = settings.text(.user) ?? source.user
        urlPassword = source.password
    }

    /// One answer, that of the address it was sent on to. `change` adds what this request has of
    /// its own. Secrets are read anew each time, and go to no other host.
    func ask(
        _ client: HTTPClient, until stop: Stop, _ change: (inout HTTPRequest) -> Void,
        take: (HTTPHead, UnsafeRawBufferPointer) -> Bool
    ) -> Result<HTTPHead, HTTPError> {
        var place = url
        for _ in 0...Self.redirectLimit {
            var request = HTTPRequest("GET", place)
            request.authorities = settings.text(.authorities)
            if Self.origin(of: place) == Self.origin(of: url) {
                do throws(RemoteError) {
                    try sign(&request)
                } catch {
                    return .failure(.refused(error.message))
                }
            }
            change(&request)
            let outcome = Result { () throws(HTTPError) in
                try client.send(request, until: stop) { head, bytes in
                    head.isRedirect || take(head, bytes)
                }
            }
            guard case .success(let head) = outcome, head.isRedirect else { return outcome }
            guard let next = Self.place(head["Location"] ?? "", from: place) else {
                return .failure(.refused("the server sends on to an address that isn't one"))
            }
            place = next
        }
        return .failure(.refused("the server sends on and on to other addresses"))
    }

    private func sign(_ request: inout HTTPRequest) throws(RemoteError) {
        if let token = try settings.secret(.token)?.read() {
            request.headers.append(HTTPRequest.Header("Authorization", "Bearer \(token)"))
        }
        guard let user else { return }
        request.user = user
        request.password = try (settings.secret(.password) ?? urlPassword)?.read()
    }

    /// `https://host:port`
    private static func origin(of url: String) -> Substring {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        return url[..<(url[start...].firstIndex { "/?#".contains($0) } ?? url.endIndex)]
    }

    /// nil: it is none, or leads out of what is encrypted.
    private static func place(_ location: String, from url: String) -> String? {
        if location.hasPrefix("//") { return nil }
        if location.hasPrefix("/") { return origin(of: url) + location }
        guard location.hasPrefix("https://") || location.hasPrefix("http://") else { return nil }
        return url.hasPrefix("https://") && !location.hasPrefix("https://") ? nil : location
    }
}

extension HTTPHead {
    fileprivate var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }
}
