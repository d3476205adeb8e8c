import Configuration
import Synchronization

/// The dashboards of a run, by their numbers: the first, and those that took over from it.
final class Programs: Sendable {
    private let all: Mutex<[Program]>

    init(_ first: Program) { all = Mutex([first]) }

    var count: Int { all.withLock { $0.count } }

    subscript(number: Int) -> Program { all.withLock { $0[number] } }

    /// Of another dashboard of the same streams; nil if streams, consumer groups or receivers have
    /// changed.
    func add(_ dashboard: Dashboard) -> Int? {
        all.withLock { all in
            guard let last = all.last, last.dashboard.streams == dashboard.streams,
                last.dashboard.lag == dashboard.lag,
                last.dashboard.receivers == dashboard.receivers
            else { return nil }
            all.append(last.with(dashboard, number: all.count))
            return all.count - 1
        }
    }
}
