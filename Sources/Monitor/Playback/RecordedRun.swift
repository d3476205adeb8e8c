import Configuration
import Events
import Recording

/// A recording, and the dashboard that is shown of it: its own or another.
struct RecordedRun: Sendable {
    let file: RecordingFile
    let header: RecordingHeader
    /// As it was when the recording began.
    let recorded: Dashboard
    private(set) var program: Program
    /// Whether another dashboard is shown than the one that was recorded.
    private(set) var isOther: Bool
    /// Of each stream and lag probe that was recorded, the one of the dashboard that is shown.
    let streams: [Int?]
    let probes: [Int?]
    let frames = FramePlaces()

    /// `other`: the dashboard to show instead of the recorded one. `span`: nil for the recorded.
    init(
        _ path: String, showing other: Dashboard? = nil, span: Range<Int64>? = nil,
        recentBytes: Int = 0
    ) throws(Ending) {
        do throws(RecordingError) {
            file = try RecordingFile(path)
            header = try RecordingReader(file).header
        } catch {
            throw Ending(error)
        }
        do {
            recorded = try Dashboard(reading: header.dashboard, file: path)
        } catch {
            throw Ending(
                .badData,
                "\(path): its dashboard, by weir \(header.title.program), can't be read: "
                    + error.errors[0].message + "; -d FILE shows another")
        }
        let shown = other ?? recorded
        isOther = other != nil
        let names = shown.streams.map(\.name)
        let isAlone = shown.streams.count == 1 && recorded.streams.count == 1
        streams = recorded.streams.map { names.firstIndex(of: $0.name) ?? (isAlone ? 0 : nil) }
        probes = recorded.lag.map { probe in shown.lag.firstIndex { $0.group == probe.group } }
        let bounded = Set(
            header.bounded.filter(streams.indices.contains).compactMap { [streams] in
                streams[$0]
            })
        var program = Program(shown, span: span ?? header.span) { stream in
            names.firstIndex(of: stream.name).map(bounded.contains) ?? false
        }
        program.plan.recentBytes = recentBytes
        self.program = program
    }

    func showing(_ program: Program) -> RecordedRun {
        var other = self
        (other.program, other.isOther) = (program, true)
        return other
    }

    /// The input with the streams and probes of the dashboard that is shown; nil for one of none.
    func shown(_ input: NumberedInput) -> NumberedInput? {
        var input = input
        switch input.input {
        case .tick, .operator, .restored: return input
        case .chunk(var chunk):
            guard let stream = shown(chunk.stream, of: streams) else { return nil }
            chunk.stream = stream
            input.input = .chunk(chunk)
        case .source(var change):
            guard let stream = shown(change.stream, of: streams) else { return nil }
            change.stream = stream
            input.input = .source(change)
        case .loss(var loss):
            guard let stream = shown(loss.stream, of: streams) else { return nil }
            loss.stream = stream
            input.input = .loss(loss)
        case .lag(var sample):
            guard let probe = shown(sample.probe, of: probes) else { return nil }
            sample.probe = probe
            input.input = .lag(sample)
        case .dashboard: if isOther { return nil }
        }
        return input
    }

    private func shown(_ index: Int, of places: [Int?]) -> Int? {
        places.indices.contains(index) ? places[index] : nil
    }
}

extension Ending {
    init(_ error: RecordingError) {
        switch error.kind {
        case .absent: self.init(.noInput, error.description)
        case .notARecording: self.init(.badData, error.description)
        case .system: self.init(.inputOutput, error.description)
        }
    }
}
