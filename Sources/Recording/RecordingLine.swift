import Events

/// One line of a recording, without its newline.
///
/// A recording is text: inputs are lines that begin with `#`, except records, which stand verbatim
/// behind the header of their chunk, so that other programs can read them. Words are separated by
/// one space; in a name space, newline, carriage return and backslash are escaped. A line that
/// doesn't parse is damage, and nil here.
package enum RecordingLine: Hashable, Sendable {
    /// `#weir format program startedAt digest`, the first of a file.
    case weir(RecordingHeader.Title)
    /// `#bounded stream…`: streams that end by themselves.
    case bounded([Int])
    /// `#span from to`: event times outside of it are in no view.
    case span(Range<Int64>)
    /// `#cut number at`: what came before was left out, so its hashes would be others.
    case cut(number: UInt64, at: Timestamp)
    /// `#frame sequence id number tick`, the first of each frame, so that it stands for itself.
    case frame(FrameStart)
    /// `#dashboard number receivedAt plan lines`, before as many lines of text.
    case dashboard(number: UInt64, receivedAt: Timestamp, plan: Int, lines: Int)
    /// `#| …`, a line of a dashboard.
    case text(String)
    /// `#chunk number receivedAt source partition incarnation firstOffset count stream`, before as
    /// many records.
    case chunk(ChunkHeader)
    /// `#tick number at`.
    case tick(number: UInt64, at: Timestamp)
    /// `#source number receivedAt stream source state …`.
    case source(number: UInt64, receivedAt: Timestamp, SourceChange)
    /// `#lag number receivedAt probe group …`.
    case lag(number: UInt64, receivedAt: Timestamp, LagSample)
    /// `#lost number receivedAt stream source count bytes`: what a source could not hold back.
    case lost(number: UInt64, receivedAt: Timestamp, SourceLoss)
    /// `#operator number receivedAt action …`: what a person did about alerts.
    case `operator`(number: UInt64, receivedAt: Timestamp, OperatorAction)
    /// `#remembered number receivedAt lines`, before as many lines of text: what was remembered of
    /// alerts from the run before.
    case remembered(number: UInt64, receivedAt: Timestamp, lines: Int)
    /// `#gap number tick`: inputs up to that number were left out.
    case gap(number: UInt64, tick: Timestamp?)
    /// `#hash number hash`, of the snapshot of that number.
    case hash(number: UInt64, UInt64)
    /// `#alert number at rule state`.
    case alert(AlertMark)
    /// `#end number hash`: closed as it should be; the hash is that of the whole last snapshot.
    case end(number: UInt64, UInt64)
    /// Verbatim, or `#record …`.
    case record([UInt8])

    package var bytes: [UInt8] {
        switch self {
        case .record(let record): RecordingText.line(of: record)
        default: Array(text.utf8)
        }
    }

    package init?(_ line: some Collection<UInt8>) {
        guard line.first == UInt8(ascii: "#") else {
            self = .record(Array(line))
            return
        }
        if let record = RecordingText.record(from: line) {
            self = .record(record)
            return
        }
        guard let text = String(validating: line, as: UTF8.self) else { return nil }
        if text.utf8.starts(with: "#| ".utf8) {
            self = .text(String(text.dropFirst(3)))
            return
        }
        // By bytes: a space before a combining mark is still a space.
        let words = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { Substring($0) }
        self.init(words[0], Words(words.dropFirst()))
    }

    private init?(_ kind: Substring, _ words: Words) {
        var words = words
        guard let line = Self.read(kind, &words), words.isAtEnd else { return nil }
        self = line
    }

    private static func read(_ kind: Substring, _ words: inout Words) -> RecordingLine? {
        switch kind {
        case "#weir": words.title.map { .weir($0) }
        case "#bounded": words.integers.map { .bounded($0) }
        case "#span": words.span.map { .span($0) }
        case "#cut": words.place.map { .cut(number: $0, at: $1) }
        case "#frame": words.frameStart.map { .frame($0) }
        case "#dashboard": words.dashboard
        case "#chunk": words.chunkHeader.map { .chunk($0) }
        case "#tick": words.place.map { .tick(number: $0, at: $1) }
        case "#source": words.source
        case "#lag": words.lag
        case "#lost": words.loss
        case "#operator": words.operator
        case "#remembered": words.remembered
        case "#gap": words.gap
        case "#hash": words.hash.map { .hash(number: $0, $1) }
        case "#alert": words.alert.map { .alert($0) }
        case "#end": words.hash.map { .end(number: $0, $1) }
        default: nil
        }
    }
}

/// What a chunk's records don't say themselves.
package struct ChunkHeader: Hashable, Sendable {
    package var number: UInt64
    package var receivedAt: Timestamp
    package var origin: Origin
    package var firstOffset: Int64
    /// Lines that follow, blank ones too.
    package var count: Int
    /// Index of the stream.
    package var stream: Int

    package init(
        number: UInt64, receivedAt: Timestamp, origin: Origin, firstOffset: Int64, count: Int,
        stream: Int = 0
    ) {
        self.number = number
        self.receivedAt = receivedAt
        self.origin = origin
        self.firstOffset = firstOffset
        self.count = count
        self.stream = stream
    }
}

/// Where a frame stands in its recording: it can be read without the others.
package struct FrameStart: Hashable, Sendable {
    /// From 0, without a hole.
    package var sequence: Int
    /// Tells the frames of one recording from those of another.
    package var id: UInt64
    /// Of the last input before.
    package var number: UInt64
    /// The next tick; nil before the first one is known.
    package var tick: Timestamp?

    package init(sequence: Int, id: UInt64, number: UInt64, tick: Timestamp?) {
        self.sequence = sequence
        self.id = id
        self.number = number
        self.tick = tick
    }
}

/// An alert that went from one state to another.
package struct AlertMark: Hashable, Sendable {
    /// Of the input that led to it.
    package var number: UInt64
    package var at: Timestamp
    package var rule: String
    package var state: String

    package init(number: UInt64, at: Timestamp, rule: String, state: String) {
        self.number = number
        self.at = at
        self.rule = rule
        self.state = state
    }
}
