import Engine
import Events

/// Runs a pipeline without a screen, prints, and says at the end what was wrong with the data.
struct HeadlessRun {
    let pipeline: Pipeline
    let options: HeadlessOptions
    var duration: Nanoseconds?
    var timeout: Nanoseconds?
    var audit: AuditTrail?
    var notifiers: [Notifier] = []

    func run() throws(Ending) {
        let interruption = Interruption()
        interruption.watch(duration: duration, timeout: timeout) { [pipeline] in pipeline.end() }
        var printer = Headless(pipeline.program, options)
        var failure: Ending?
        var isDone = false
        var notifications = Notifications(notifiers)
        let body: (borrowing Engine, [Effect]) -> Bool = { engine, effects in
            audit?.take(effects, engine, pipeline.programs)
            notifications.take(effects, engine, pipeline.programs)
            do throws(Ending) {
                isDone = try !printer.write(effects, number: engine.number)
            } catch {
                failure = error
            }
            return failure == nil && !isDone && !engine.hasEnded
        }
        if let memory = audit?.remembered { pipeline.queue.restore(memory) }
        let last = pipeline.run(body)
        notifications.close()
        audit?.close(last)
        if let failure { throw failure }
        if printer.isClosed { return }
        let snapshot = last.snapshot()
        if !isDone, !last.hasEnded { try printer.writeRunning(snapshot) }
        report(snapshot)
        for column in printer.nullColumns { Output.say(column) }
        try check(snapshot, interruption.cause, isDone: isDone)
        if options.failsOnFiring, printer.hasFired { throw Ending(.alertFired) }
    }

    /// One line per stream with something to say.
    private func report(_ snapshot: EngineSnapshot) {
        for stream in snapshot.streams {
            if let line = stream.troubleLine { Output.say(line) }
        }
    }

    private func check(
        _ snapshot: EngineSnapshot, _ cause: Interruption.Cause?, isDone: Bool
    ) throws(Ending) {
        for (i, stream) in snapshot.streams.enumerated() {
            if case .failed = stream.state {
                let isServed = pipeline.program.dashboard.streams[i].isServed
                throw Ending(isServed ? .unavailable : .inputOutput)
            }
            if options.strict, stream.books.deadLettered > 0 { throw Ending(.badData) }
        }
        guard !isDone else { return }
        switch cause {
        case .signal: throw Ending(.interrupted)
        case .timeout:
            throw Ending(.unavailable, "no window of every view closed before the timeout")
        case .duration, nil: break
        }
    }
}

extension StreamSnapshot {
    /// What a person should know about the data behind the rows; nil: all was well.
    fileprivate var troubleLine: String? {
        var parts: [String] = []
        if books.deadLettered > 0 { parts.append(deadLetterPart) }
        if books.late > 0 { parts.append("\(books.late) late") }
        if books.duplicate > 0 { parts.append("\(books.duplicate) duplicate") }
        if books.received == 0, state == .ended { parts.append("no records") }
        guard !parts.isEmpty else { return nil }
        return "\(name): " + parts.joined(separator: ", ")
    }

    private var deadLetterPart: String {
        let part = "\(books.deadLettered) of \(books.received) records could not be used"
        guard let first = deadLetters.first else { return part }
        let position = first.position.map { ", byte \($0 + 1)" } ?? ""
        let place = "\(first.origin.source):\(first.offset + 1)\(position)"
        return "\(part) (\(place): \(first.reason.rawValue))"
    }
}
