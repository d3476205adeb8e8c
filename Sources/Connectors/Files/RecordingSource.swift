import Events
import Recording

/// A recording in place of what was recorded: the records of one of its streams, with the origins
/// that they had. What a source said of itself is passed on where it is about partitions.
package struct RecordingSource: Source {
    package let stream: Int
    /// The path.
    package let name: String
    package var isBounded: Bool { true }
    /// Index of the stream, among those that were recorded.
    private let recorded: Int
    private let stop: Stop

    package init(stream: Int, path: String, recorded: Int, stop: Stop) {
        self.stream = stream
        name = path
        self.recorded = recorded
        self.stop = stop
    }

    /// Whether the file is a recording, by its name or by what is in it.
    package static func isRecording(_ path: String) -> Bool {
        if path.hasSuffix(".weir") { return true }
        guard Compression(path: path) == .zstd, let file = try? RecordingFile(path) else {
            return false
        }
        return (try? RecordingReader(file)) != nil
    }

    package func run(into sink: some ChunkSink) {
        let reader: RecordingReader
        do throws(RecordingError) {
            reader = try RecordingReader(RecordingFile(name))
        } catch {
            return report(name, .failed(error.description), to: sink)
        }
        var sources: [String] = []
        var damage: RecordingDamage?
        while let entry = reader.next(), !sink.isStopping {
            switch entry {
            case .input(let input):
                guard pass(input.input, to: sink, &sources) else { return }
            case .damage(let found): damage = damage ?? found
            default: continue
            }
        }
        guard !sink.isStopping else { return }
        if sources.isEmpty { open(name, [0], to: sink, &sources) }
        for source in sources {
            let isLast = source == sources.last
            let failure = damage.flatMap { isLast ? "\(name) is damaged: \($0)" : nil }
            report(source, failure.map { .failed($0) } ?? .ended, to: sink)
        }
    }

    /// False: stopped.
    private func pass(
        _ input: Input, to sink: some ChunkSink, _ sources: inout [String]
    ) -> Bool {
        switch input {
        case .chunk(var chunk) where chunk.stream == recorded:
            if !sources.contains(chunk.origin.source) {
                open(chunk.origin.source, [chunk.origin.partition], to: sink, &sources)
            }
            chunk.stream = stream
            return sink.admit(chunk, readAhead: RecordFeed.fileReadAhead)
        case .source(let change) where change.stream == recorded:
            if case .opened(let partitions) = change.state {
                open(change.source, partitions, to: sink, &sources)
            }
            return true
        default: return true
        }
    }

    private func open(
        _ source: String, _ partitions: [Int], to sink: some ChunkSink, _ sources: inout [String]
    ) {
        if !sources.contains(source) { sources.append(source) }
        report(source, .opened(partitions: partitions), to: sink)
    }

    private func report(
        _ source: String, _ state: SourceChange.State, to sink: some ChunkSink
    ) {
        sink.report(SourceChange(stream: stream, source: source, state: state))
    }
}
