import Alerting
import Configuration
import Connectors
import Engine
import Events
import Synchronization

/// A dashboard played over a feed to its end, as fast as it goes, with nobody told of anything:
/// what its alerts did and what its windows held.
///
/// Results are those of `weir replay --speed max`: they depend on the feed alone.
struct Rehearsal {
    /// A change of an alert's state: the index of its rule, and how.
    typealias Change = (alert: Int, change: AlertChange)

    /// Why there is none.
    typealias Failure = Ending

    /// Of the first record that could be used; nil: there was none.
    private(set) var beginning: Timestamp?
    /// In the order in which they came.
    private(set) var changes: [Change] = []
    /// At the end.
    let snapshot: EngineSnapshot

    /// `taken`: what stands for the source of a stream. `look`: gets each window that is final, and
    /// where the feed begins.
    init(
        _ dashboard: Dashboard, taken: [Int: TakenInput] = [:],
        look: (FiredPane, _ beginning: Timestamp) -> Void = { _, _ in }
    ) throws(Ending) {
        let options = SourceOptions(follow: false, taken: taken)
        let program = Program(dashboard, options)
        let first = Mutex<Timestamp?>(nil)
        let run = PlainRun(program: program, options: options) { time in
            first.withLock { $0 = time }
        }
        let pipeline = try Pipeline(playing: run, deadLetters: nil)
        var changes: [Change] = []
        let last = pipeline.run { engine, effects in
            for effect in effects {
                switch effect {
                case .pane(let fired) where fired.pane.kind == .final || fired.isWhole:
                    look(fired, first.withLock { $0 } ?? .beginning)
                case .alert(let alert, let change): changes.append((alert, change))
                default: break
                }
            }
            return !engine.hasEnded
        }
        beginning = first.withLock { $0 }
        self.changes = changes
        snapshot = last.snapshot()
        for (stream, state) in zip(dashboard.streams, snapshot.streams) {
            if case .failed(let reason) = state.state {
                throw Ending(.inputOutput, "\(stream.from): \(reason)")
            }
        }
    }
}

extension Dashboard {
    /// With one stream read from `feed`, and the others empty.
    func fed(_ feed: String, to stream: Int) -> Dashboard {
        var fed = self
        for i in streams.indices {
            // Of what has no name of its own the dashboard's source tells the format.
            if i != stream || feed == "stdin" { fed.streams[i].format = streams[i].recordFormat }
            fed.streams[i].from = i == stream ? feed : "/dev/null"
        }
        return fed
    }
}
