import CCurl
import Events

/// Asks web servers, one request at a time, and keeps the connection for the next one.
///
/// For one thread, which waits: each request ends with its answer, its timeout, or at the sign to
/// stop, which interrupts every wait, that for a name server too.
package final class HTTPClient {
    let library: CurlLibrary
    let multi: UnsafeMutableRawPointer
    let easy: UnsafeMutableRawPointer

    package init() throws(HTTPError) {
        library = try CurlLibrary.shared.get()
        guard let multi = library.functions.pointee.multi_init(),
            let easy = library.functions.pointee.easy_init()
        else { throw .noLibrary("no memory is left") }
        self.multi = multi
        self.easy = easy
    }

    deinit {
        library.functions.pointee.easy_cleanup(easy)
        _ = library.functions.pointee.multi_cleanup(multi)
    }

    /// The whole answer, with a body of at most `limit` bytes.
    package func send(
        _ request: HTTPRequest, limit: Int, until stop: Stop
    ) throws(HTTPError) -> HTTPResponse {
        var body: [UInt8] = []
        var isTooLarge = false
        let end = result(of: request, until: stop) { _, bytes in
            isTooLarge = body.count + bytes.count > limit
            if !isTooLarge { body += bytes }
            return !isTooLarge
        }
        if isTooLarge { throw .tooLarge(limit: limit) }
        return HTTPResponse(head: try end.get(), body: body)
    }

    /// Gives `take` the body as it comes; it may block, which holds the server back, and ends the
    /// request by returning false.
    package func send(
        _ request: HTTPRequest, until stop: Stop,
        take: (HTTPHead, UnsafeRawBufferPointer) -> Bool
    ) throws(HTTPError) -> HTTPHead {
        try result(of: request, until: stop, take: take).get()
    }

    private func result(
        of request: HTTPRequest, until stop: Stop,
        take: (HTTPHead, UnsafeRawBufferPointer) -> Bool
    ) -> Result<HTTPHead, HTTPError> {
        withoutActuallyEscaping(take) { take in
            let transfer = HTTPTransfer(on: self, take: take)
            defer { transfer.finish() }
            return transfer.run(request, until: stop)
        }
    }
}
