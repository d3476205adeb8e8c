import Configuration
import Connectors
import Engine
import Events
import Foundation
import Synchronization

@testable import Monitor

/// Streams in files and a dashboard over them, for a pipeline on so many cores.
struct PipelineTrial {
    /// The longest that any test waits for something that should come at once.
    static let budget = 20.0

    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("weir-trial-\(UUID().uuidString)")
    private let text: String

    /// `streams`: of each, the file's name, what is in it, and more keys.
    init(streams: [(name: String, content: String, keys: String)], views: String) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var text = "version: 1\nstreams:\n"
        for (i, stream) in streams.enumerated() {
            let file = folder.appendingPathComponent(stream.name)
            try stream.content.write(to: file, atomically: true, encoding: .utf8)
            text += "  s\(i):\n    from: \(file.path)\n" + stream.keys
        }
        self.text = text + "views:\n" + views
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func pipeline(cores: Int, follow: Bool = false) throws -> Pipeline {
        let options = SourceOptions(follow: follow, deadLetters: letters(cores).path)
        let program = Program(try Dashboard(reading: text, file: "trial"), options)
        return try Pipeline(program, options, cores: cores)
    }

    /// By event time.
    private func played(cores: Int) throws -> Pipeline {
        let options = SourceOptions(follow: false)
        let program = Program(try Dashboard(reading: text, file: "trial"), options)
        return try Pipeline(
            playing: PlainRun(program: program, options: options),
            deadLetters: letters(cores).path, cores: cores)
    }

    /// What a pipeline writes the dead letters to.
    func letters(_ cores: Int) -> URL { folder.appendingPathComponent("letters-\(cores)") }

    /// Everything that doesn't depend on when it was read.
    func results(cores: Int, replayed: Bool = false) throws -> TrialResults {
        var results = TrialResults()
        let pipeline = try replayed ? played(cores: cores) : pipeline(cores: cores)
        let body: (borrowing Engine, [Effect]) -> Bool = { engine, effects in
            results.take(effects)
            return !engine.hasEnded
        }
        let engine = pipeline.run(body)
        let snapshot = engine.snapshot()
        results.books = snapshot.streams.map(\.books)
        results.letters = try String(contentsOf: letters(cores), encoding: .utf8)
        return results
    }
}

struct TrialResults: Equatable {
    /// Of each view, in order.
    var panes: [Int: [String]] = [:]
    var books: [StreamBooks] = []
    var letters = ""

    mutating func take(_ effects: [Effect]) {
        for case .pane(let fired) in effects {
            let pane = fired.pane
            let keys = pane.slots.map { fired.keys[Int($0)]?.description ?? "" }
            panes[fired.view, default: []].append(
                "\(pane.start) \(pane.end) \(pane.kind) \(keys) \(pane.counts) \(pane.values)")
        }
    }
}

/// Work on a thread of its own, whose end can be waited for.
struct Errand {
    private let done: DispatchSemaphore
    private let thread: WorkerThread

    init(_ body: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        self.done = done
        thread = WorkerThread {
            body()
            done.signal()
        }
    }

    /// False: it has not come to its end within the budget. To be asked once.
    func hasEnded() -> Bool {
        guard done.wait(timeout: .now() + PipelineTrial.budget) == .success else { return false }
        thread.join()
        return true
    }
}

/// Looks until that is so. False: the budget is spent.
func eventually(_ condition: () -> Bool) -> Bool {
    let deadline = DispatchTime.now() + PipelineTrial.budget
    while !condition() {
        guard DispatchTime.now() < deadline else { return false }
        sched_yield()
    }
    return true
}

/// Processing time that stands where a test puts it.
final class HandClock: ProcessingClock {
    private let time: Mutex<Timestamp>

    init(_ time: Timestamp) { self.time = Mutex(time) }

    func now() -> Timestamp { time.withLock { $0 } }
    func set(_ time: Timestamp) { self.time.withLock { $0 = time } }
}
