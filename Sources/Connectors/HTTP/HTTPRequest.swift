import Events

/// What is asked of a web server.
package struct HTTPRequest: Sendable {
    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var method: String
    /// Of `http` or `https`. May hold a secret, so nothing that is printed repeats it.
    package var url: String
    package var headers: [Header]
    package var body: [UInt8]?
    /// How long the other side may take to accept the connection.
    package var connectTimeout = Nanoseconds.seconds(5)
    /// How long all of it may take; nil: a response that goes on for ever.
    package var timeout: Nanoseconds? = .seconds(10)
    /// How long the other side may be silent; nil: for ever.
    package var silence: Nanoseconds?
    /// Who asks (basic authentication).
    package var user: String?
    package var password: String?
    /// The body may be compressed on its way.
    package var isCompressed = false
    /// A file of certificates (PEM) that are trusted instead of the system's.
    package var authorities: String?

    package init(
        _ method: String, _ url: String, headers: [Header] = [], body: [UInt8]? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What a web server answered, before the body.
package struct HTTPHead: Hashable, Sendable {
    package var status: Int
    /// In their order.
    package var headers: [HTTPRequest.Header] = []

    package var isSuccess: Bool { 200..<300 ~= status }

    /// The first of that name, however it is capitalised.
    package subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

package struct HTTPResponse: Hashable, Sendable {
    package var head: HTTPHead
    package var body: [UInt8]
}

/// Why there is no answer. In words of our own: those of libcurl repeat parts of the address.
package enum HTTPError: Error, Hashable, CustomStringConvertible {
    /// Somebody said stop, or whoever took the body did.
    case stopped
    /// libcurl can't be loaded, in the words of the loader.
    case noLibrary(String)
    /// The address, the method or a header is none.
    case malformed
    /// The host's name means nothing.
    case unknownHost
    /// Nobody answers there; the system's reason, where it has one.
    case unreachable(String?)
    /// No encrypted connection that can be trusted.
    case untrusted(String)
    case timedOut
    case tooLarge(limit: Int)
    /// An answer that is of no use, or a secret that isn't there; in words without a secret.
    case refused(String)
    /// The connection broke, or what came is not HTTP.
    case broken(String)

    package var description: String {
        switch self {
        case .stopped: "stopped"
        case .noLibrary(let reason): "libcurl can't be loaded (Debian: libcurl4): \(reason)"
        case .malformed: "the address is none that can be asked"
        case .unknownHost: "the host's name is unknown"
        case .unreachable(let reason?): "can't be reached: \(reason)"
        case .unreachable(nil): "can't be reached"
        case .untrusted(let reason): "no trusted connection: \(reason)"
        case .timedOut: "no answer in time"
        case .tooLarge(let limit): "the answer has more than \(limit) bytes"
        case .refused(let reason): reason
        case .broken(let reason): "the connection broke: \(reason)"
        }
    }
}
