import Configuration
import Connectors
import Events

/// How sources are read, beside what the dashboard says.
struct SourceOptions: Sendable {
    /// Files are followed; otherwise read to their end.
    var follow: Bool
    var seed: UInt64 = 1
    var speed = 1.0
    /// What has been read of the standard input to find out what it is.
    var taken: [UInt8] = []
    /// The file that every dead letter is appended to.
    var deadLetters: String?
}

extension StreamDefinition {
    /// How its records are written: as the dashboard says, else as the source's name tells.
    var recordFormat: RecordFormat { format ?? RecordFormat(path: from) }

    /// Whether the source ends by itself, so that its end is the end of the stream's time.
    func isBounded(_ options: SourceOptions) -> Bool {
        if from.hasPrefix("demo:") { return false }
        return !options.follow || isCompressed
    }

    /// A compressed file isn't appended to, so there is nothing to follow.
    private var isCompressed: Bool { from != "stdin" && Compression(path: from) != nil }

    /// The source behind `from`, for the stream of this index.
    func source(stream: Int, _ options: SourceOptions, stop: Stop) throws(Ending) -> any Source {
        if from.hasPrefix("demo:") {
            guard let demo = DemoName(source: from) else {
                throw Ending(.usage, "there is no demo `\(from)`; there is \(DemoName.list)")
            }
            return DemoSource(
                stream: stream, demo: demo, seed: options.seed, speed: options.speed, stop: stop)
        }
        if from == "stdin" {
            return DescriptorSource(
                stream: stream, name: "stdin", descriptor: 0, isBounded: !options.follow,
                prefix: options.taken, stop: stop)
        }
        if !options.follow { try checkReadable(from) }
        return FileSource(
            stream: stream, path: from, follow: options.follow && !isCompressed, startAtEnd: false,
            stop: stop)
    }
}

extension LagDefinition {
    /// Who asks about the group, for the lag probe of this index.
    func probe(_ index: Int, _ options: SourceOptions, stop: Stop) throws(Ending) -> any LagProbe {
        guard let demo = DemoName(source: from) else {
            throw Ending(.usage, "there is no demo `\(from)`; there is \(DemoName.list)")
        }
        return DemoLagProbe(
            probe: index, demo: demo, group: group, seed: options.seed, speed: options.speed,
            stop: stop)
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A file that is to be read to its end has to be there; the message says what is in the way.
private func checkReadable(_ path: String) throws(Ending) {
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
