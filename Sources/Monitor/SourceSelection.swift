import Configuration
import Connectors
import Events

/// How sources are read, beside what the dashboard says.
struct SourceOptions: Sendable {
    /// Files are followed; otherwise read to their end.
    var follow: Bool
    var seed: UInt64 = 1
    var speed = 1.0
    /// What has been opened and read from to find out what it is, and can't be opened again.
    /// By the index of the stream.
    var taken: [Int: TakenInput] = [:]
    /// The file that every dead letter is appended to.
    var deadLetters: String?
    /// The file that the run is recorded in.
    var record: String?
    /// Event times outside of it are left out of every view.
    var span = Int64.min..<Int64.max
}

extension StreamDefinition {
    /// How its records are written: as the dashboard says, else as the source's name tells.
    var recordFormat: RecordFormat { format ?? RecordFormat(path: from) }

    /// Whether the source ends by itself, so that its end is the end of the stream's time.
    func isBounded(_ options: SourceOptions) -> Bool {
        if from.hasPrefix("demo:") || SocketName(source: from)?.listens ?? false { return false }
        if let remote = RemoteScheme(source: from) {
            return !options.follow && remote.hasEnd && settings.truth(.pubsub) != true
        }
        return !options.follow || isCompressed
    }

    /// A compressed file isn't appended to, so there is nothing to follow.
    private var isCompressed: Bool {
        from != "stdin" && !isServed && Compression(path: from) != nil
    }

    /// Whether somebody else is at the other end.
    var isServed: Bool {
        SocketName(source: from) != nil || RemoteScheme(source: from) != nil
    }

    /// Whether it names several files by a pattern.
    var isPattern: Bool {
        from != "stdin" && !from.hasPrefix("demo:") && !isServed
            && FilePattern.isOne(from)
    }

    /// The source behind `from`, for the stream of this index. `progress`: for one that reads
    /// several files.
    func source(
        stream: Int, _ options: SourceOptions, progress: EventTimeProgress?, stop: Stop
    ) throws(Ending) -> any Source {
        if from.hasPrefix("demo:") {
            guard let demo = DemoName(source: from) else {
                throw Ending(.usage, "there is no demo `\(from)`; there is \(DemoName.list)")
            }
            return DemoSource(
                stream: stream, demo: demo, seed: options.seed, speed: options.speed, stop: stop)
        }
        if let socket = SocketName(source: from) { return source(stream, socket, options, stop) }
        if RemoteScheme(source: from) != nil { return try remote(stream, options, stop) }
        let input = from == "stdin" ? TakenInput(descriptor: 0, bytes: []) : nil
        if let input = options.taken[stream] ?? input {
            return DescriptorSource(
                stream: stream, name: from, input: input, isBounded: !options.follow, stop: stop)
        }
        if isRecording { return try recording(stream, stop) }
        if let progress { return try pattern(stream, options, progress, stop) }
        if !options.follow { try checkReadable(from) }
        return FileSource(
            stream: stream, path: from, follow: options.follow && !isCompressed, startAtEnd: false,
            stop: stop)
    }

    /// Whether it is a recording, whose records are read.
    var isRecording: Bool {
        from != "stdin" && !isServed && !from.hasPrefix("demo:")
            && RecordingSource.isRecording(from)
    }

    /// The stream of its name that was recorded, or the only one; else the first, which is said.
    private func recording(_ stream: Int, _ stop: Stop) throws(Ending) -> any Source {
        let run = try RecordedRun(from)
        let names = run.recorded.streams.map(\.name)
        let found = names.firstIndex(of: name)
        if found == nil, names.count > 1 {
            Output.say(
                "\(from): of the streams \(names.joined(separator: ", ")), the first is read")
        }
        return RecordingSource(
            stream: stream, path: from, recorded: found ?? 0, stop: stop)
    }

    private func source(
        _ stream: Int, _ socket: SocketName, _ options: SourceOptions, _ stop: Stop
    ) -> any Source {
        if socket.listens {
            return ListeningSource(stream: stream, name: from, place: socket.place, stop: stop)
        }
        return SocketSource(
            stream: stream, name: from, place: socket.place, isBounded: !options.follow,
            taken: options.taken[stream], stop: stop)
    }

    private func remote(
        _ stream: Int, _ options: SourceOptions, _ stop: Stop
    ) throws(Ending) -> any Source {
        let remote = RemoteStream(
            stream: stream, name: from, settings: settings, isBounded: isBounded(options),
            stop: stop)
        do throws(RemoteError) {
            return try remote.source()
        } catch {
            throw Ending(.unavailable, "\(from): \(error.message)")
        }
    }

    private func pattern(
        _ stream: Int, _ options: SourceOptions, _ progress: EventTimeProgress, _ stop: Stop
    ) throws(Ending) -> PatternSource {
        let files = FilePattern.matches(from)
        if !options.follow {
            guard !files.isEmpty else { throw Ending(.noInput, "\(from): no file matches") }
            guard files.count <= FilePattern.limit else {
                throw Ending(
                    .usage,
                    "\(from): \(files.count) files match, and at most \(FilePattern.limit) are "
                        + "read side by side; name fewer, or pipe them: zcat -f … | weir")
            }
            for file in files { try checkReadable(file) }
        }
        return PatternSource(
            stream: stream, pattern: from, follow: options.follow, progress: progress, stop: stop)
    }
}

extension LagDefinition {
    /// Who asks about the group, for the lag probe of this index.
    func probe(_ index: Int, _ options: SourceOptions, stop: Stop) throws(Ending) -> any LagProbe {
        guard let demo = DemoName(source: from) else { return try remoteProbe(index, stop) }
        return DemoLagProbe(
            probe: index, demo: demo, group: group, seed: options.seed, speed: options.speed,
            stop: stop)
    }

    private func remoteProbe(_ index: Int, _ stop: Stop) throws(Ending) -> any LagProbe {
        do throws(RemoteError) {
            return try RemoteGroup(
                probe: index, group: group, source: from, settings: settings, stop: stop
            ).lagProbe()
        } catch {
            throw Ending(.unavailable, "\(from): \(error.message)")
        }
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A file that is to be read to its end has to be there; the message says what is in the way.
func checkReadable(_ path: String) throws(Ending) {
    var status = stat()
    guard stat(path, &status) == 0 else {
        throw Ending(.noInput, "\(path): \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
        throw Ending(.noInput, "\(path) is a directory; name a file in it")
    }
    guard access(path, R_OK) == 0 else {
        throw Ending(.noInput, "\(path): \(String(cString: strerror(errno)))")
    }
}
