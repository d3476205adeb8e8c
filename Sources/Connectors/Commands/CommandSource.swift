import Events
import Glibc

/// Runs a command, and reads what it writes.
///
/// A live one is run again when it has ended, at intervals that grow until it has run for a while;
/// what comes then is a new incarnation. A bounded one is run once; a status other than 0 is a
/// failure. Whatever else its process group does ends with it, and with weir.
package struct CommandSource: Source {
    package let stream: Int
    /// As the user gave it: `exec:journalctl -f -o json`.
    package let name: String
    package let isBounded: Bool
    private let command: String
    private let stop: Stop

    package init(stream: Int, name: String, command: String, isBounded: Bool, stop: Stop) {
        self.stream = stream
        self.name = name
        self.command = command
        self.isBounded = isBounded
        self.stop = stop
    }

    /// How one run of it came out.
    fileprivate enum Outcome {
        case stopped
        case ended(ChildProcess.Ending, CommandWords)
        case failed(SystemError)
    }

    package func run(into sink: some ChunkSink) {
        var feed = RecordFeed(self, into: sink)
        var pause = Backoff()
        var hasRun = false
        while !sink.isStopping, !stop.isSignaled {
            if hasRun, !feed.beginIncarnation() { return }
            hasRun = true
            let began = Monotonic.now()
            let outcome = runOnce(&feed)
            guard let words = words(outcome) else { return }
            if isBounded {
                guard feed.finish() else { return }
                return feed.report(outcome.isSuccess ? .ended : .failed("\(name): \(words)"))
            }
            // One that only ends again is run as seldom as a server that isn't there is asked.
            if Monotonic.now() > began + Backoff.limit { pause = Backoff() }
            feed.report(.disconnected("\(name): \(words)"))
            if stop.wait(for: pause.next()) { return }
        }
    }

    private func runOnce(_ feed: inout RecordFeed) -> Outcome {
        let child: ChildProcess
        do throws(SystemError) {
            child = try ChildProcess(command: command)
        } catch {
            return .failed(error)
        }
        feed.report(.opened(partitions: [0]))
        var words = CommandWords()
        let ending = read(child, &feed, &words)
        guard let ending else {
            child.end()
            return .stopped
        }
        if case .failed(let error) = ending { return .failed(error) }
        // Who has closed its output may have something to do yet, but not for ever.
        let end = child.wait(for: .seconds(2), until: stop)
        guard !stop.isSignaled else { return .stopped }
        let ended = end ?? child.end()
        words.takeTheRest(child.words.descriptor)
        return .ended(ended, words)
    }

    /// Reads its output to the end, and what it says meanwhile. nil: stopped.
    private func read(
        _ child: ChildProcess, _ feed: inout RecordFeed, _ words: inout CommandWords
    ) -> RecordFeed.Ending? {
        let (output, saying) = (child.output.descriptor, child.words.descriptor)
        var inputs = [output, saying]
        while let ready = stop.wait(inputs: inputs) {
            if ready.contains(saying), !words.takeWhatIsThere(saying) { inputs = [output] }
            guard ready.contains(output) else { continue }
            switch feed.read(output, room: roomForWhatIsThere(output)) {
            case .read, .nothing: continue
            case .stopped: return nil
            case .end: return .end
            case .failed(let error): return .failed(error)
            }
        }
        return nil
    }

    /// nil: it was stopped.
    private func words(_ outcome: Outcome) -> String? {
        switch outcome {
        case .stopped: nil
        case .failed(let error): error.description
        case .ended(let ending, let words):
            ([ending.description] + [words.summary].compactMap { $0 }).joined(separator: "; ")
        }
    }
}

extension CommandSource.Outcome {
    fileprivate var isSuccess: Bool {
        if case .ended(.exited(0), _) = self { return true }
        return false
    }
}

extension CommandWords {
    /// As much as a pipe holds: the command itself has ended, so there is no more.
    fileprivate mutating func takeTheRest(_ descriptor: Int32) {
        var rounds = 16
        while rounds > 0, takeWhatIsThere(descriptor) { rounds -= 1 }
        finish()
    }
}
