import Events

/// Posts JSON to a web server, one message at a time. For one thread, which waits.
///
/// Where the address and the token are secrets they are read anew for each message, so that they
/// can be changed while weir runs; and no word of an answer or an error repeats them.
package struct WebReceiver {
    package enum Address: Sendable {
        case url(String)
        case secret(Secret)
    }

    private let address: Address
    /// What is appended to the address.
    private let path: String
    private let bearerToken: Secret?
    private let authorities: String?
    private let timeout: Nanoseconds
    private var client: HTTPClient?

    /// How much of an answer is read.
    private static let answerLimit = 64 << 10

    package init(
        _ address: Address, path: String = "", bearerToken: Secret?, authorities: String?,
        timeout: Nanoseconds
    ) {
        self.address = address
        self.path = path
        self.bearerToken = bearerToken
        self.authorities = authorities
        self.timeout = timeout
    }

    package mutating func post(_ body: String, until stop: Stop) -> Delivery {
        do throws(RemoteError) {
            let request = try request(body)
            return send(request, until: stop)
        } catch {
            return .failed(error.message)
        }
    }

    private func request(_ body: String) throws(RemoteError) -> HTTPRequest {
        var url: String
        switch address {
        case .url(let text): url = text
        case .secret(let secret): url = try secret.read()
        }
        if !path.isEmpty {
            while url.last == "/" { url.removeLast() }
            url += path
        }
        var headers = [HTTPRequest.Header("Content-Type", "application/json")]
        if let token = try bearerToken?.read() {
            headers.append(HTTPRequest.Header("Authorization", "Bearer \(token)"))
        }
        var request = HTTPRequest("POST", url, headers: headers, body: Array(body.utf8))
        request.timeout = timeout
        request.connectTimeout = min(timeout, request.connectTimeout)
        request.authorities = authorities
        return request
    }

    private mutating func send(_ request: HTTPRequest, until stop: Stop) -> Delivery {
        do throws(HTTPError) {
            if client == nil { client = try HTTPClient() }
            let head = try client!.send(request, limit: Self.answerLimit, until: stop).head
            if head.isSuccess { return .delivered }
            let words = "it answered with status \(head.status)"
            // Asked to wait, or in trouble of its own; anything else it would say again.
            let isPassing = head.status >= 500 || head.status == 429 || head.status == 408
            return isPassing ? .failed(words) : .refused(words)
        } catch {
            switch error {
            case .stopped: return .stopped
            case .malformed: return .refused(error.description)
            case .tooLarge: return .delivered
            default: return .failed(error.description)
            }
        }
    }
}
