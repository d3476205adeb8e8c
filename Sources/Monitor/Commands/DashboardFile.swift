import Configuration
import Connectors
import Events
import Queries

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Reads a dashboard file, or ends with status 78 and every problem in it.
func readDashboard(_ path: String) throws(Ending) -> Dashboard {
    let text = try readText(path, limit: 1 << 20)
    do {
        return try Dashboard(reading: text, file: path)
    } catch {
        throw Ending(
            .badDashboard, error.errors.map { $0.rendered(in: text) }.joined(separator: "\n"))
    }
}

/// The path from the root, with links resolved where they can be.
func absolutePath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
}

/// A small text file as a whole.
func readText(_ path: String, limit: Int) throws(Ending) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
        throw Ending(.noInput, "\(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
        let n = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard n >= 0 else {
            throw Ending(.noInput, "\(path): \(String(cString: strerror(errno)))")
        }
        if n == 0 { return String(decoding: bytes, as: UTF8.self) }
        bytes.append(contentsOf: buffer[..<n])
    }
    throw Ending(.badDashboard, "\(path): longer than \(limit >> 20) MiB, which no dashboard is")
}

/// The dashboard of a source that has none: a demo's own, or what its first records suggest. What
/// was assumed is said on standard error. `taken`: what was read and can't be read again.
func inferDashboard(
    _ source: String, follow: Bool
) throws(Ending) -> (dashboard: Dashboard, taken: TakenInput?) {
    if let demo = DemoName(source: source) { return (try DemoDashboard.read(demo), nil) }
    let (name, settings) = try checkedSource(source)
    let sample = try SourceSample(name, settings, follow: follow)
    let isServed = RemoteScheme(source: name) != nil
    let inferred = InferredDashboard(
        sample: sample.lines, from: name, isLive: (sample.taken != nil || isServed) && follow,
        now: LiveClock().now())
    Output.say("no dashboard for \(name), so this was assumed from its first records:")
    for assumption in inferred.assumptions { Output.say("  " + assumption) }
    var dashboard = inferred.dashboard
    dashboard.streams[0].settings = settings
    // A window without a record is a silence that should be seen.
    if follow, let window = dashboard.views.first?.query.window {
        dashboard.streams[0].freshness = window.length
        Output.say("  stale after \(durationText(window.length)) without a record")
    }
    return (dashboard, sample.taken)
}

/// A source on the command line as a dashboard would name it; ends with status 64 if there is no
/// such kind. The reader of dashboards knows which there are, and which options a name may hold.
func checkedSource(
    _ source: String
) throws(Ending) -> (name: String, settings: SourceSettings) {
    let name = source == "-" ? "stdin" : source
    do {
        let text = "version: 1\nviews: { v: count() }\nstreams: { s: { from: \(quoted(name)) } }"
        return (name, try Dashboard(reading: text, file: "source").streams[0].settings)
    } catch {
        throw Ending(.usage, error.errors.map(\.message).joined(separator: "\n"))
    }
}

extension Dashboard {
    /// Whether a command's argument names a dashboard file rather than a source.
    static func isDashboard(_ name: String) -> Bool {
        name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }

    /// Puts `--source [STREAM=]SOURCE` in place of a stream's `from`.
    mutating func replaceSource(_ argument: String) throws(Ending) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2, let i = streams.firstIndex(where: { $0.name == parts[0] }) {
            (streams[i].from, streams[i].settings) = try checkedSource(parts[1])
        } else if streams.count == 1 {
            (streams[0].from, streams[0].settings) = try checkedSource(argument)
        } else {
            let names = streams.map(\.name).joined(separator: ", ")
            throw Ending(
                .usage, "--source \(argument): say which stream: STREAM=SOURCE, of \(names)")
        }
    }
}

/// The dashboard over a plain file, which takes the place of its one stream's `from`. `path`: as it
/// was given, if it was.
func oneStreamDashboard(of file: String, _ path: String?) throws -> Dashboard {
    guard let path else {
        throw Ending(.usage, "\(file) is no recording, so it needs a dashboard: -d FILE")
    }
    var dashboard = try readDashboard(path)
    guard dashboard.streams.count == 1 else {
        throw Ending(
            .usage, "a plain file is one stream, and the dashboard has \(dashboard.streams.count)")
    }
    dashboard.streams[0].from = try checkedSource(file).name
    return dashboard
}
