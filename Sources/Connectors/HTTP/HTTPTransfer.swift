import CCurl
import Events

/// One request under way: what it takes from libcurl, and gives back at its end.
final class HTTPTransfer {
    private let easy: UnsafeMutableRawPointer
    private let multi: UnsafeMutableRawPointer
    private let functions: UnsafePointer<ccurl>
    private let take: (HTTPHead, UnsafeRawBufferPointer) -> Bool
    private(set) var head = HTTPHead(status: 0)
    /// libcurl doesn't copy them.
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var body: UnsafeMutableBufferPointer<UInt8>?

    init(on client: HTTPClient, take: @escaping (HTTPHead, UnsafeRawBufferPointer) -> Bool) {
        (easy, multi) = (client.easy, client.multi)
        functions = client.library.functions
        self.take = take
    }

    func run(_ request: HTTPRequest, until stop: Stop) -> Result<HTTPHead, HTTPError> {
        guard prepare(request) else { return .failure(.malformed) }
        _ = functions.pointee.multi_add_handle(multi, easy)
        var running: Int32 = 1
        while true {
            _ = functions.pointee.multi_perform(multi, &running)
            if running == 0 { break }
            guard !wait(stop) else { return .failure(.stopped) }
        }
        var left: Int32 = 0
        guard let message = functions.pointee.multi_info_read(multi, &left) else {
            return .failure(.broken("libcurl says nothing"))
        }
        let code = ccurl_result(message)
        guard code == CURLE_OK else { return .failure(error(code)) }
        return .success(head)
    }

    /// Leaves the connection with the client, where it is whole, and takes back everything else.
    func finish() {
        _ = functions.pointee.multi_remove_handle(multi, easy)
        functions.pointee.easy_reset(easy)
        functions.pointee.slist_free_all(headers)
        body?.deallocate()
    }

    /// Until something comes or can be sent. True: stop.
    private func wait(_ stop: Stop) -> Bool {
        var sign = curl_waitfd(fd: stop.receiver, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        _ = functions.pointee.multi_poll(multi, &sign, 1, 1000, nil)
        return stop.isSignaled
    }

    // MARK: What is asked

    private func prepare(_ request: HTTPRequest) -> Bool {
        let words =
            [request.method, request.url] + request.headers.flatMap { [$0.name, $0.value] }
            + [request.user, request.password].compactMap(\.self)
        guard words.allSatisfy(isOneLine) else { return false }
        for header in request.headers {
            // A header without a value is written with a semicolon.
            append(header.name + (header.value.isEmpty ? ";" : ": " + header.value))
        }
        // libcurl would ask before it sends a large body, and wait a second for the answer.
        append("Expect:")
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        if let body = request.body { send(body) }
        set(CURLOPT_NOBODY, request.method == "HEAD" ? 1 : 0)
        set(CURLOPT_CUSTOMREQUEST, request.method)
        _ = ccurl_set_pointer(functions, easy, CURLOPT_HTTPHEADER, headers)
        limit(request)
        receive()
        return true
    }

    private func limit(_ request: HTTPRequest) {
        // Threads have no use for signals, nor for a name server that nobody waits for any more.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connectTimeout))
        if let timeout = request.timeout { set(CURLOPT_TIMEOUT_MS, milliseconds(timeout)) }
        if let silence = request.silence {
            set(CURLOPT_LOW_SPEED_LIMIT, 1)
            set(CURLOPT_LOW_SPEED_TIME, max(1, milliseconds(silence) / 1000))
        }
        // Without an end in sight the system asks whether the other side is still there.
        if request.timeout == nil { set(CURLOPT_TCP_KEEPALIVE, 1) }
        if let user = request.user { set(CURLOPT_USERNAME, user) }
        if let password = request.password { set(CURLOPT_PASSWORD, password) }
        if request.isCompressed { set(CURLOPT_ACCEPT_ENCODING, "") }
        if let path = request.authorities { set(CURLOPT_CAINFO, path) }
        // A redirection is an answer: libcurl would take the headers, secrets among them, along to
        // another host.
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    private func milliseconds(_ duration: Nanoseconds) -> Int {
        max(1, Int(clamping: duration.rawValue / 1_000_000))
    }

    private func send(_ bytes: [UInt8]) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        _ = copy.update(fromContentsOf: bytes)
        body = copy
        _ = ccurl_set_size(functions, easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
        _ = ccurl_set_pointer(functions, easy, CURLOPT_POSTFIELDS, copy.baseAddress)
    }

    private func append(_ header: String) {
        headers = functions.pointee.slist_append(headers, header)
    }

    private func set(_ option: CURLoption, _ value: Int) {
        _ = ccurl_set_long(functions, easy, option, value)
    }

    private func set(_ option: CURLoption, _ text: String) {
        _ = ccurl_set_text(functions, easy, option, text)
    }

    // MARK: What comes

    /// The transfer outlives the calls: who runs it holds it.
    private func receive() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        _ = ccurl_set_pointer(functions, easy, CURLOPT_WRITEDATA, me)
        _ = ccurl_set_pointer(functions, easy, CURLOPT_HEADERDATA, me)
        _ = ccurl_set_writer(functions, easy, CURLOPT_WRITEFUNCTION) { bytes, _, count, me in
            HTTPTransfer.of(me).takeBody(UnsafeRawBufferPointer(start: bytes, count: count))
        }
        _ = ccurl_set_writer(functions, easy, CURLOPT_HEADERFUNCTION) { bytes, _, count, me in
            HTTPTransfer.of(me).takeHeader(UnsafeRawBufferPointer(start: bytes, count: count))
        }
    }

    private static func of(_ me: UnsafeMutableRawPointer?) -> HTTPTransfer {
        Unmanaged.fromOpaque(me!).takeUnretainedValue()
    }

    /// Another number than the count ends the transfer.
    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        take(head, bytes) ? bytes.count : bytes.count &- 1
    }

    /// A status line begins another head: what came before only asked for patience.
    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") { head = HTTPHead(status: status) }
        if let colon = line.firstIndex(of: ":"), head.headers.count < 100 {
            let value = line[line.index(after: colon)...].trimmingPrefix { $0.isWhitespace }
            let end = value.lastIndex { !$0.isWhitespace }.map(value.index(after:))
            head.headers.append(
                HTTPRequest.Header(
                    String(line[..<colon]), String(value[..<(end ?? value.startIndex)])))
        }
        return bytes.count
    }

    private var status: Int { read(CURLINFO_RESPONSE_CODE) }

    private func read(_ info: CURLINFO) -> Int {
        var value = 0
        _ = ccurl_get_long(functions, easy, info, &value)
        return value
    }

    // MARK: What went wrong

    private func error(_ code: CURLcode) -> HTTPError {
        switch code {
        case CURLE_WRITE_ERROR: .stopped
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .malformed
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unknownHost
        case CURLE_COULDNT_CONNECT: .unreachable(systemReason)
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_PEER_FAILED_VERIFICATION: .untrusted(certificateReason)
        case CURLE_SSL_CONNECT_ERROR: .untrusted("the other side doesn't speak TLS as we do")
        case CURLE_SSL_CACERT_BADFILE: .untrusted("the file of certificates can't be read")
        default: .broken(String(cString: functions.pointee.easy_strerror(code)!))
        }
    }

    private var systemReason: String? {
        let code = read(CURLINFO_OS_ERRNO)
        return code == 0 ? nil : SystemError(code: Int32(code)).description
    }

    /// OpenSSL's number (`X509_V_ERR_…`); 1 is libcurl's: the certificate was not looked at further
    /// than its name.
    private var certificateReason: String {
        switch read(CURLINFO_SSL_VERIFYRESULT) {
        case 0, 1: "its certificate is another host's"
        case 9, 10: "its certificate has expired, or isn't valid yet"
        case 18: "its certificate is signed by itself"
        case 19, 20, 21: "its certificate is signed by nobody that is trusted here"
        case let number: "its certificate is refused (OpenSSL's reason \(number))"
        }
    }
}

/// Not able to end a header's line.
private func isOneLine(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
}
