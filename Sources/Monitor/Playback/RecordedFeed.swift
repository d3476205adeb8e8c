import Configuration
import DequeModule
import Events
import Recording

/// Reads a recording ahead of whoever decodes it, on a thread of its own.
///
/// At most 8 MiB of records wait, and 1,024 inputs. One thread reads, one takes.
final class RecordedFeed: Sendable {
    private static let byteLimit = 8 << 20
    private static let inputLimit = 1024

    private let recording: RecordedRun
    /// Inputs up to it are left out.
    private let start: UInt64
    private let programs: Programs
    /// Sees what is no input.
    private let note: @Sendable (RecordingEntry) -> Void
    private let exchange = Exchange(State())

    private struct State {
        var waiting: Deque<NumberedInput> = []
        var bytes = 0
        var isAtEnd = false
    }

    init(
        _ recording: RecordedRun, after start: UInt64 = 0, _ programs: Programs,
        note: @escaping @Sendable (RecordingEntry) -> Void
    ) {
        self.recording = recording
        self.start = start
        self.programs = programs
        self.note = note
    }

    /// Reads to the end, or until somebody says stop.
    func run() {
        defer { exchange.update { $0.isAtEnd = true } }
        guard let reader else { return }
        while let entry = reader.next() {
            switch entry {
            case .input(let input):
                recording.frames.note(reader.frameStart)
                guard input.number > start else { continue }
                guard let shown = recording.shown(input), isKnown(shown) else { continue }
                guard put(shown) else { return }
            case .dashboard(let plan, let text): add(plan, text)
            default: note(entry)
            }
        }
    }

    private var reader: RecordingReader? {
        if start > 0, let frame = recording.frames.place(before: start + 1) {
            return try? RecordingReader(recording.file, from: frame)
        }
        return try? RecordingReader(recording.file)
    }

    /// The next input in order; waits for one. nil at the end, and once stopped.
    func take() -> NumberedInput? {
        exchange.take { state -> Exchange<State>.Look<NumberedInput?> in
            guard let first = state.waiting.popFirst() else {
                return state.isAtEnd ? .done(nil, wakes: []) : .wait()
            }
            if case .chunk(let chunk) = first.input { state.bytes -= chunk.bytes.count }
            return .done(first, wakes: .givers)
        } ?? nil
    }

    func stop() { exchange.stop() }

    /// False once stopped.
    private func put(_ input: NumberedInput) -> Bool {
        exchange.give { state -> Exchange<State>.Look<Void> in
            guard state.bytes < Self.byteLimit, state.waiting.count < Self.inputLimit else {
                return .wait()
            }
            if case .chunk(let chunk) = input.input { state.bytes += chunk.bytes.count }
            state.waiting.append(input)
            return .done((), wakes: .taker)
        } != nil
    }

    // MARK: Dashboards

    /// A recorded reload. That of a round before is known already.
    private func add(_ plan: Int, _ text: String) {
        guard !recording.isOther, plan == programs.count,
            let next = try? Dashboard(reading: text, file: recording.file.path)
        else { return }
        programs.add(next, as: plan)
    }

    private func isKnown(_ input: NumberedInput) -> Bool {
        guard case .dashboard(let plan) = input.input else { return true }
        return 0..<programs.count ~= plan
    }
}
