import Events

/// A command that `/bin/sh` runs for each message, which it reads from its standard input. What it
/// says is dropped, but for the last line on its standard error when it fails.
package struct CommandReceiver: Sendable {
    private let command: String
    private let timeout: Nanoseconds

    package init(_ command: String, timeout: Nanoseconds) {
        self.command = command
        self.timeout = timeout
    }

    /// It is ended, with all that it started, when it takes too long, or at the sign to stop.
    package func run(input: String, until stop: Stop) -> Delivery {
        let child: ChildProcess
        do throws(SystemError) {
            child = try ChildProcess(command: command, input: Array(input.utf8))
        } catch {
            return .failed("it can't be run: \(error)")
        }
        let deadline = Monotonic.now() + timeout
        var (words, output) = (CommandWords(), CommandWords())
        let saying = child.words.descriptor
        var inputs = [child.output.descriptor, saying]
        while !inputs.isEmpty {
            let ready = stop.wait(inputs: inputs, for: rest(until: deadline))
            guard let ready, !ready.isEmpty else { break }
            inputs.removeAll { descriptor in
                guard ready.contains(descriptor) else { return false }
                return descriptor == saying
                    ? !words.takeWhatIsThere(descriptor) : !output.takeWhatIsThere(descriptor)
            }
        }
        if stop.isSignaled {
            child.end()
            return .stopped
        }
        guard let ending = child.wait(for: rest(until: deadline), until: stop) else {
            child.end()
            return stop.isSignaled ? .stopped : .failed("it took too long, and was ended")
        }
        if ending == .exited(0) { return .delivered }
        words.finish()
        return .failed(
            "it \(ending)" + (words.summary.map { "; \($0)" } ?? ""))
    }

    private func rest(until deadline: Nanoseconds) -> Nanoseconds {
        Nanoseconds(rawValue: max(0, deadline.rawValue - Monotonic.now().rawValue))
    }
}
