import Events

/// The words of a line, taken one after another; nil where one isn't there or isn't what is wanted.
struct Words {
    private var rest: ArraySlice<Substring>

    init(_ words: ArraySlice<Substring>) { rest = words }

    var isAtEnd: Bool { rest.isEmpty }

    private mutating func integer<T: FixedWidthInteger>() -> T? {
        rest.popFirst().flatMap { T($0) }
    }

    private mutating func name() -> String? {
        rest.popFirst().flatMap { RecordingText.unescape($0) }
    }

    private mutating func instant() -> Timestamp? {
        integer().map { Timestamp(rawValue: $0) }
    }

    /// `-` is none; the outer nil is damage.
    private mutating func optional<T: FixedWidthInteger>() -> T?? {
        guard let word = rest.popFirst() else { return nil }
        if word == "-" { return .some(nil) }
        return T(word).map { .some($0) }
    }

    private mutating func digits() -> UInt64? { rest.popFirst().flatMap { UInt64(hexText: $0) } }
}

extension Words {
    /// A number and an instant.
    var place: (UInt64, Timestamp)? {
        mutating get {
            guard let number: UInt64 = integer(), let at = instant() else { return nil }
            return (number, at)
        }
    }

    /// A number and a hash.
    var hash: (UInt64, UInt64)? {
        mutating get {
            guard let number: UInt64 = integer(), let hash = digits() else { return nil }
            return (number, hash)
        }
    }

    /// All that are left.
    var integers: [Int]? {
        mutating get {
            var found: [Int] = []
            while !isAtEnd {
                guard let next: Int = integer() else { return nil }
                found.append(next)
            }
            return found
        }
    }

    var span: Range<Int64>? {
        mutating get {
            guard let from: Int64 = integer(), let to: Int64 = integer(), from <= to else {
                return nil
            }
            return from..<to
        }
    }

    var title: RecordingHeader.Title? {
        mutating get {
            guard let format: Int = integer(), let program = name(), let startedAt = instant(),
                let digest: Int = integer()
            else { return nil }
            return RecordingHeader.Title(
                format: format, program: program, startedAt: startedAt, digest: digest)
        }
    }

    var frameStart: FrameStart? {
        mutating get {
            guard let sequence: Int = integer(), sequence >= 0, let id = digits(),
                let number: UInt64 = integer(), let tick: Int64? = optional()
            else { return nil }
            return FrameStart(
                sequence: sequence, id: id, number: number,
                tick: tick.map { Timestamp(rawValue: $0) })
        }
    }

    var gap: RecordingLine? {
        mutating get {
            guard let number: UInt64 = integer(), let tick: Int64? = optional() else { return nil }
            return .gap(number: number, tick: tick.map { Timestamp(rawValue: $0) })
        }
    }

    var dashboard: RecordingLine? {
        mutating get {
            guard let (number, at) = place, let plan: Int = integer(), plan >= 0,
                let lines: Int = integer(), lines >= 0
            else { return nil }
            return .dashboard(number: number, receivedAt: at, plan: plan, lines: lines)
        }
    }

    var remembered: RecordingLine? {
        mutating get {
            guard let (number, at) = place, let lines: Int = integer(), lines >= 0 else {
                return nil
            }
            return .remembered(number: number, receivedAt: at, lines: lines)
        }
    }

    var `operator`: RecordingLine? {
        mutating get {
            guard let (number, at) = place, let action = OperatorAction(rest) else { return nil }
            rest = []
            return .operator(number: number, receivedAt: at, action)
        }
    }

    var chunkHeader: ChunkHeader? {
        mutating get {
            guard let (number, at) = place, let source = name(), let partition: Int = integer(),
                let incarnation: Int = integer(), let firstOffset: Int64 = integer(),
                let count: Int = integer(), count >= 0, let stream: Int = integer(), stream >= 0
            else { return nil }
            return ChunkHeader(
                number: number, receivedAt: at,
                origin: Origin(source: source, partition: partition, incarnation: incarnation),
                firstOffset: firstOffset, count: count, stream: stream)
        }
    }

    var alert: AlertMark? {
        mutating get {
            guard let (number, at) = place, let rule = name(), let state = name() else {
                return nil
            }
            return AlertMark(number: number, at: at, rule: rule, state: state)
        }
    }

    var source: RecordingLine? {
        mutating get {
            guard let (number, at) = place, let stream: Int = integer(), stream >= 0,
                let source = name(), let state = state
            else { return nil }
            return .source(
                number: number, receivedAt: at,
                SourceChange(stream: stream, source: source, state: state))
        }
    }

    private var state: SourceChange.State? {
        mutating get {
            switch rest.popFirst() {
            case "opened": integers.map { .opened(partitions: $0) }
            case "hung-up": integer().map { .hungUp(partition: $0) }
            case "ended": .ended
            case "disconnected": name().map { .disconnected($0) }
            case "failed": name().map { .failed($0) }
            default: nil
            }
        }
    }

    var loss: RecordingLine? {
        mutating get {
            guard let (number, at) = place, let stream: Int = integer(), stream >= 0,
                let source = name(), let count: UInt64 = integer(), let bytes: UInt64 = integer()
            else { return nil }
            return .lost(
                number: number, receivedAt: at,
                SourceLoss(stream: stream, source: source, count: count, bytes: bytes))
        }
    }

    var lag: RecordingLine? {
        mutating get {
            guard let (number, at) = place, let probe: Int = integer(), let group = name(),
                let answer = answer
            else { return nil }
            return .lag(
                number: number, receivedAt: at,
                LagSample(probe: probe, group: group, answer: answer))
        }
    }

    private var answer: LagSample.Answer? {
        mutating get {
            switch rest.popFirst() {
            case "none": return name().map { .none($0) }
            case "offsets":
                guard let members: Int? = optional() else { return nil }
                var partitions: [PartitionOffsets] = []
                while !isAtEnd {
                    guard let next = partitionOffsets else { return nil }
                    partitions.append(next)
                }
                return .offsets(partitions, members: members)
            default: return nil
            }
        }
    }

    private var partitionOffsets: PartitionOffsets? {
        mutating get {
            guard let topic = name(), let partition: Int = integer(),
                let committed: Int64? = optional(), let logStart: Int64 = integer(),
                let end: Int64 = integer(), let first: Int64? = optional()
            else { return nil }
            return PartitionOffsets(
                topic: topic, partition: partition, committed: committed, logStart: logStart,
                end: end, firstUnconsumed: first.map { Timestamp(rawValue: $0) })
        }
    }
}
