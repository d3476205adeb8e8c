import Events

extension RecordingLine {
    /// Of any line but a record, which may be no text.
    var text: String {
        switch self {
        case .weir(let title): title.text
        case .bounded(let streams):
            (["#bounded"] + streams.map(String.init)).joined(separator: " ")
        case .span(let span): "#span \(span.lowerBound) \(span.upperBound)"
        case .cut(let number, let at): "#cut \(number) \(at.rawValue)"
        case .frame(let start): start.text
        case .dashboard(let number, let at, let plan, let lines):
            "#dashboard \(number) \(at.rawValue) \(plan) \(lines)"
        case .text(let line): "#| \(line)"
        case .chunk(let header): header.text
        case .tick(let number, let at): "#tick \(number) \(at.rawValue)"
        case .source(let number, let at, let change):
            "#source \(number) \(at.rawValue) \(change.stream) "
                + "\(RecordingText.escape(change.source)) \(change.state.text)"
        case .lag(let number, let at, let sample):
            "#lag \(number) \(at.rawValue) \(sample.probe) \(RecordingText.escape(sample.group)) "
                + sample.answer.text
        case .lost(let number, let at, let loss):
            "#lost \(number) \(at.rawValue) \(loss.stream) \(RecordingText.escape(loss.source)) "
                + "\(loss.count) \(loss.bytes)"
        case .operator(let number, let at, let action):
            "#operator \(number) \(at.rawValue) \(action.words)"
        case .remembered(let number, let at, let lines):
            "#remembered \(number) \(at.rawValue) \(lines)"
        case .gap(let number, let tick): "#gap \(number) \(optional(tick?.rawValue))"
        case .hash(let number, let hash): "#hash \(number) \(hash.hexText)"
        case .alert(let mark): mark.text
        case .end(let number, let hash): "#end \(number) \(hash.hexText)"
        case .record(let record): String(decoding: RecordingText.line(of: record), as: UTF8.self)
        }
    }
}

/// A number, or `-` for none.
private func optional(_ value: (some BinaryInteger)?) -> String {
    value.map { String($0) } ?? "-"
}

extension RecordingHeader.Title {
    fileprivate var text: String {
        "#weir \(format) \(RecordingText.escape(program)) \(startedAt.rawValue) \(digest)"
    }
}

extension FrameStart {
    fileprivate var text: String {
        "#frame \(sequence) \(id.hexText) \(number) \(optional(tick?.rawValue))"
    }
}

extension ChunkHeader {
    fileprivate var text: String {
        "#chunk \(number) \(receivedAt.rawValue) \(RecordingText.escape(origin.source)) "
            + "\(origin.partition) \(origin.incarnation) \(firstOffset) \(count) \(stream)"
    }
}

extension AlertMark {
    fileprivate var text: String {
        "#alert \(number) \(at.rawValue) \(RecordingText.escape(rule)) \(state)"
    }
}

extension SourceChange.State {
    fileprivate var text: String {
        switch self {
        case .opened(let partitions):
            (["opened"] + partitions.map(String.init)).joined(separator: " ")
        case .disconnected(let reason): "disconnected \(RecordingText.escape(reason))"
        case .hungUp(let partition): "hung-up \(partition)"
        case .ended: "ended"
        case .failed(let reason): "failed \(RecordingText.escape(reason))"
        }
    }
}

extension LagSample.Answer {
    fileprivate var text: String {
        switch self {
        case .none(let reason): "none \(RecordingText.escape(reason))"
        case .offsets(let partitions, let members):
            (["offsets \(optional(members))"] + partitions.map(\.text)).joined(separator: " ")
        }
    }
}

extension PartitionOffsets {
    fileprivate var text: String {
        "\(RecordingText.escape(topic)) \(partition) \(optional(committed)) \(logStart) \(end) "
            + optional(firstUnconsumed?.rawValue)
    }
}
