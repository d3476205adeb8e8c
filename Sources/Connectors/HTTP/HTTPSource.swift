import Events

/// What a web server sends: lines, server-sent events, or with `every` a document that is asked for
/// again and again.
///
/// Lines that come to an end are read on from there where the server can (`Accept-Ranges`), so a
/// file on a server is followed like one on a disk; where it can't, the next answer is a new
/// incarnation. A stream of events goes on behind the last id; what a server without ids sends
/// while nobody is connected is lost. The server is held back while the sink has no room.
struct HTTPSource: Source {
    let stream: Int
    let name: String
    let isBounded: Bool
    private let address: HTTPAddress
    private let settings: SourceSettings
    private let stop: Stop

    init(_ remote: RemoteStream) throws(RemoteError) {
        (stream, name, isBounded) = (remote.stream, remote.name, remote.isBounded)
        (settings, stop) = (remote.settings, remote.stop)
        address = HTTPAddress(try remote.url(), remote.settings)
    }

    func run(into sink: some ChunkSink) {
        do throws(HTTPError) {
            let client = try HTTPClient()
            if let interval = settings.duration(.every) {
                var polls = HTTPPolls(self, address, client, every: interval, stop)
                polls.run(into: sink)
            } else {
                stay(client, sink)
            }
        } catch {
            report(.failed("\(name): \(error)"), sink)
        }
    }

    func report(_ state: SourceChange.State, _ sink: some ChunkSink) {
        sink.report(SourceChange(stream: stream, source: name, state: state))
    }

    /// Asks, takes what comes, and asks again.
    private func stay(_ client: HTTPClient, _ sink: some ChunkSink) {
        var body = HTTPBody(self, settings, sink)
        var pause = Backoff()
        while !sink.isStopping {
            let outcome = answer(client, &body)
            body.finishAnswer()
            switch outcome {
            case .failure(.stopped): return
            case .failure(let error):
                if isBounded || error.isFinal { return body.fail("\(name): \(error)") }
                body.report(.disconnected("\(name): \(error)"))
            case .success(let head) where isBounded: return body.conclude(head)
            case .success(let head):
                if body.isFollowing(head) {
                    pause = Backoff()
                    if stop.wait(for: HTTPBody.followInterval) { return }
                    continue
                }
                // The standard's way to say that nothing will come.
                if head.status == 204 { return body.report(.ended) }
                let reason = head.isSuccess ? "closed by the other side" : head.words
                body.report(.disconnected("\(name): \(reason)"))
            }
            if body.hasTaken { pause = Backoff() }
            guard body.beginAnew() else { return }
            if stop.wait(for: body.retry ?? pause.next()) { return }
        }
    }

    /// One answer, where others than the first may have to be asked.
    private func answer(
        _ client: HTTPClient, _ body: inout HTTPBody
    ) -> Result<HTTPHead, HTTPError> {
        body.beginAnswer()
        return address.ask(client, until: stop) { request in
            request.timeout = nil
            request.silence = isBounded ? HTTPBody.boundedSilence : nil
            request.isCompressed = isBounded
            request.headers += body.headers
        } take: { head, bytes in
            body.take(head, bytes)
        }
    }
}

extension HTTPError {
    /// Asking again leads to the same.
    var isFinal: Bool {
        switch self {
        case .noLibrary, .malformed: true
        default: false
        }
    }
}

extension HTTPHead {
    var words: String {
        switch status {
        case 401, 403: "the server refuses: \(status)"
        case 404: "the server has nothing there: 404"
        default: "the server answers \(status)"
        }
    }
}
