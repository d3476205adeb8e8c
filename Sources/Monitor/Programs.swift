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
            guard let next = Self.program(dashboard, after: all) else { return nil }
            all.append(next)
            return all.count - 1
        }
    }

    /// The same, for one that is known to have that number; nothing if it is there already.
    func add(_ dashboard: Dashboard, as number: Int) {
        all.withLock { all in
            guard number == all.count, let next = Self.program(dashboard, after: all) else {
                return
            }
            all.append(next)
        }
    }

    private static func program(_ dashboard: Dashboard, after all: [Program]) -> Program? {
        guard let last = all.last, last.dashboard.streams == dashboard.streams,
            last.dashboard.lag == dashboard.lag,
            last.dashboard.receivers == dashboard.receivers
        else { return nil }
        return last.with(dashboard, number: all.count)
    }
}
