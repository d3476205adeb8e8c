import Events

/// What a recording holds, in its order.
package enum RecordingEntry: Sendable {
    case input(NumberedInput)
    /// Comes before the input that makes the dashboard take over.
    case dashboard(plan: Int, text: String)
    case hash(number: UInt64, UInt64)
    case alert(AlertMark)
    /// It was closed as it should be. The hash is that of the whole last snapshot.
    case end(number: UInt64, UInt64)
    /// Something was left out of it on purpose.
    case gap(number: UInt64)
    case damage(RecordingDamage)
}

/// Reads a recording from its beginning: inputs with their numbers and stamps, ticks too.
///
/// Only what was read whole is given, in the order of the numbers; what is missing is said. Memory
/// is bounded by what a group may hold.
package final class RecordingReader {
    package let header: RecordingHeader
    private let groups: GroupReader
    private var lines = GroupLines([])
    private var place = RecordingPlace()
    private var id: UInt64
    /// nil: of whatever frame comes first.
    private var nextSequence: Int?
    private var frame: Int64 = 0
    private var skipsFrame = false
    /// What comes before more is read.
    private var waiting: [RecordingEntry] = []
    private var waitingInput: NumberedInput?

    /// Ticks between two lines; the writer leaves out no more than a second of them.
    static let tickLimit = 64
    /// 1970 to 2199.
    static let instants = 0...7_258_118_400_000_000_000 as ClosedRange<Int64>

    package init(_ file: RecordingFile) throws(RecordingError) {
        groups = GroupReader(file)
        var first = FirstGroup(file)
        let found = try first.read(from: groups)
        header = found.header
        (id, nextSequence) = (found.start.id, found.start.sequence + 1)
        place = RecordingPlace(number: found.start.number, tick: found.start.tick)
        frameStart = FramePlace(offset: 0, number: found.start.number)
    }

    /// Goes on where a frame begins, as if all before had been read.
    package init(_ file: RecordingFile, from frame: FramePlace) throws(RecordingError) {
        var first = FirstGroup(file)
        let found = try first.read(from: GroupReader(file))
        header = found.header
        id = found.start.id
        groups = GroupReader(file, from: frame.offset)
        frameStart = frame
    }

    /// Where a frame begins.
    package struct FramePlace: Hashable, Sendable {
        /// Of its first byte in the file.
        package var offset: Int64
        /// Of the last input before it.
        package var number: UInt64
    }

    /// Of the frame that is being read.
    package private(set) var frameStart: FramePlace

    /// The byte of the file that comes next, of a reader's progress.
    package var offset: Int64 { groups.offset }

    /// nil at the end.
    package func next() -> RecordingEntry? {
        while true {
            if !waiting.isEmpty { return waiting.removeFirst() }
            if let input = waitingInput {
                if let tick = tick(before: input) { return tick }
                waitingInput = nil
                place.pass(input)
                return .input(input)
            }
            if let line = lines.next() {
                if !skipsFrame { take(line) }
                continue
            }
            guard let piece = groups.next() else { return nil }
            switch piece {
            case .damage(let damage): return .damage(damage)
            case .group(let bytes, let frame, let isFirst):
                lines = GroupLines(bytes)
                if isFirst { beginFrame(at: frame) }
            }
        }
    }

    /// A tick that was not written because it can be worked out, or what is missing.
    private func tick(before input: NumberedInput) -> RecordingEntry? {
        guard input.number > place.number + 1 else { return nil }
        let missing = input.number - place.number - 1
        if let tick = place.tick, tick < input.receivedAt, missing <= UInt64(Self.tickLimit) {
            let derived = NumberedInput(
                number: place.number + 1, receivedAt: tick, input: .tick(tick))
            place.pass(derived)
            return .input(derived)
        }
        let range = "\(place.number + 1) to \(input.number - 1)"
        place.number = input.number - 1
        return damage("inputs \(range) are missing")
    }

    private func damage(_ words: String) -> RecordingEntry {
        .damage(RecordingDamage(offset: frame, words: words))
    }

    // MARK: Frames

    private func beginFrame(at offset: Int64) {
        frame = offset
        skipsFrame = true
        guard case .frame(let start)? = lines.next().flatMap({ RecordingLine($0) }) else {
            return waiting.append(damage("a frame doesn't say where it belongs, and is left out"))
        }
        guard start.id == id else {
            return waiting.append(damage("a frame of another recording is left out"))
        }
        frameStart = FramePlace(offset: offset, number: start.number)
        guard let nextSequence else { return resume(start) }
        guard start.sequence >= nextSequence else {
            return waiting.append(
                damage(
                    "frame \(start.sequence) stands where frame \(nextSequence) should, and is "
                        + "left out"))
        }
        skipsFrame = false
        if start.sequence > nextSequence || start.number > place.number {
            let range =
                start.number > place.number
                ? "; inputs \(place.number + 1) to \(start.number) are missing" : ""
            waiting.append(
                damage(
                    start.sequence > nextSequence
                        ? "frames \(nextSequence) to \(start.sequence - 1) are missing\(range)"
                        : "a frame lacks its end\(range)"))
            place.number = max(place.number, start.number)
            place.tick = start.tick
        }
        self.nextSequence = start.sequence + 1
    }

    private func resume(_ start: FrameStart) {
        skipsFrame = false
        place = RecordingPlace(number: start.number, tick: start.tick)
        nextSequence = start.sequence + 1
    }

    // MARK: Lines

    private func take(_ bytes: ArraySlice<UInt8>) {
        guard let line = RecordingLine(bytes) else {
            return waiting.append(damage("a line can't be read, and is left out"))
        }
        switch line {
        case .chunk(let header): take(header)
        case .tick(let number, let at): take(number, at, .tick(at))
        case .source(let number, let at, let change): take(number, at, .source(change))
        case .lag(let number, let at, let sample): take(number, at, .lag(sample))
        case .dashboard(let number, let at, let plan, let count):
            guard let text = lines.text(count) else {
                return waiting.append(damage("a dashboard's text is not there"))
            }
            waiting.append(.dashboard(plan: plan, text: text))
            take(number, at, .dashboard(plan))
        case .lost(let number, let at, let loss): take(number, at, .loss(loss))
        case .operator(let number, let at, let action): take(number, at, .operator(action))
        case .remembered(let number, let at, let count):
            guard let text = lines.text(count),
                let memory = AlertMemory(lines: text.split(separator: "\n")), place.number == 0
            else { return waiting.append(damage("what was remembered can't be read")) }
            take(number, at, .restored(memory))
        case .gap(let number, let tick):
            place.number = max(place.number, number)
            place.tick = tick
            waiting.append(.gap(number: number))
        case .hash(let number, let hash): waiting.append(.hash(number: number, hash))
        case .alert(let mark): waiting.append(.alert(mark))
        case .end(let number, let hash): waiting.append(.end(number: number, hash))
        case .weir, .bounded, .span, .cut, .frame, .text, .record:
            waiting.append(damage("a line stands where it has no meaning, and is left out"))
        }
    }

    private func take(_ header: ChunkHeader) {
        guard header.firstOffset >= 0, header.firstOffset < .max / 2,
            let records = lines.records(header.count)
        else {
            return waiting.append(damage("chunk \(header.number) can't be used, and is left out"))
        }
        take(
            header.number, header.receivedAt,
            .chunk(
                Chunk(
                    stream: header.stream, origin: header.origin, firstOffset: header.firstOffset,
                    lines: header.count, bytes: records, receivedAt: header.receivedAt)))
    }

    private func take(_ number: UInt64, _ at: Timestamp, _ input: Input) {
        guard number > place.number, at >= place.at, Self.instants.contains(at.rawValue) else {
            return waiting.append(damage("input \(number) is out of order, and is left out"))
        }
        let next = NumberedInput(number: number, receivedAt: at, input: input)
        // A dashboard's text waits, and goes first.
        waitingInput = next
    }
}
