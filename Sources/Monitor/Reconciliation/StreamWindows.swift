import Configuration
import Engine
import Events
import Queries

/// The windows of a view that a recording or a file leads to, as it was read or otherwise.
struct StreamWindows {
    /// Of what is read.
    enum Input: Sendable {
        case recording(String, Dashboard?, Range<Int64>?)
        case file(Dashboard, SourceOptions)

        /// `change`: nil as it is.
        fileprivate func origin(
            _ change: ((inout StreamDefinition) -> Void)?
        ) throws(Ending) -> any PlaybackOrigin {
            switch self {
            case .recording(let path, let other, let span):
                let run = try RecordedRun(path, showing: other, span: span)
                guard let change else { return run }
                return try RecordedRun(
                    path, showing: run.program.dashboard.changed(change), span: span)
            case .file(let dashboard, let options):
                let dashboard = change.map(dashboard.changed) ?? dashboard
                return PlainRun(program: Program(dashboard, options), options: options)
            }
        }
    }

    private(set) var table = WindowTable()
    let query: Query
    let stream: Int
    let snapshot: EngineSnapshot
    /// Records that couldn't be used: between which instants they came, and how many.
    private(set) var deadLetters: [(came: ClosedRange<Timestamp>, count: Int)] = []

    init(
        _ input: Input, view name: String, _ change: ((inout StreamDefinition) -> Void)? = nil
    ) throws(Ending) {
        let pipeline = try Pipeline(playing: input.origin(change), deadLetters: nil)
        let dashboard = pipeline.program.dashboard
        guard let view = dashboard.views.firstIndex(where: { $0.name == name }) else {
            let names = dashboard.views.map { "`\($0.name)`" }.joined(separator: ", ")
            throw Ending(.usage, "there is no view `\(name)`; there is \(names)")
        }
        (query, stream) = (dashboard.views[view].query, dashboard.views[view].stream)
        guard query.window != nil else {
            throw Ending(.usage, "the view `\(name)` has no windows: its query says no `over`")
        }
        var (table, letters) = (WindowTable(), [(came: ClosedRange<Timestamp>, count: Int)]())
        var before = Timestamp.beginning
        var (isWhole, dead) = (true, UInt64(0))
        let stream = stream
        let last = pipeline.run { engine, effects in
            for case .pane(let fired) in effects {
                let views = pipeline.programs[engine.plan.number].dashboard.views
                guard views[fired.view].name == name else { continue }
                isWhole = table.take(fired) && isWhole
            }
            let books = engine.books(ofStream: stream)
            if books.deadLettered > dead {
                letters.append((before...engine.now, Int(books.deadLettered - dead)))
                dead = books.deadLettered
            }
            before = engine.now
            return isWhole
        }
        guard isWhole else {
            throw Ending(.failed, "the view `\(name)` has more than \(WindowTable.limit) rows")
        }
        (self.table, deadLetters) = (table, letters)
        snapshot = last.snapshot()
        if case .failed(let reason) = snapshot.streams[stream].state {
            throw Ending(.inputOutput, reason)
        }
    }
}

extension StreamWindows {
    /// Where windows begin that the stream has seen and closed: from its first to the last that
    /// ended at the watermark; of a stream that has ended, to its last event.
    var scope: Range<Timestamp> {
        guard let first = table.rows.keys.map(\.start).min() else { return .end ..< .end }
        let (watermark, highest) = (
            snapshot.streams[stream].watermark, snapshot.streams[stream].highestEventTime
        )
        let beyond =
            watermark == .end
            ? highest : watermark - (query.window?.length ?? .zero)
        return first..<max(first, beyond + Nanoseconds(rawValue: 1))
    }

    /// Whether a window of that beginning began before the first event came.
    var firstWindows: ClosedRange<Timestamp>? {
        guard let first = table.rows.keys.map(\.start).min(),
            let end = table.rows.values.compactMap(\.end).min()
        else { return nil }
        return first...max(first, end - (query.hop ?? .zero))
    }
}

extension Dashboard {
    /// With every stream changed.
    fileprivate func changed(_ change: (inout StreamDefinition) -> Void) -> Dashboard {
        var changed = self
        for i in streams.indices { change(&changed.streams[i]) }
        return changed
    }
}
