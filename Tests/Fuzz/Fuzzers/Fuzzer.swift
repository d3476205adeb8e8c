import Glibc

/// Something that reads bytes from outside: it may refuse them, and never ends the program, whose
/// end is what libFuzzer looks for.
struct Fuzzer: Sendable {
    let name: String
    let take: @Sendable (UnsafeRawBufferPointer) -> Void

    static let all: [Fuzzer] =
        [
            Fuzzer(name: "json", take: readJSON),
            Fuzzer(name: "logfmt") { readLines($0, TextStream.logfmt) },
            Fuzzer(name: "csv") { readLines($0, TextStream.csv) },
            Fuzzer(name: "access") { readLines($0, TextStream.access) },
            Fuzzer(name: "syslog") { readLines($0, TextStream.syslog) },
            Fuzzer(name: "pattern", take: readPattern),
            Fuzzer(name: "query", take: readQuery),
            Fuzzer(name: "engine", take: readEvents),
            Fuzzer(name: "dashboard", take: readDashboard),
            Fuzzer(name: "sample", take: readSample),
            Fuzzer(name: "theme", take: readTheme),
            Fuzzer(name: "recording", take: readRecordingLine),
        ]

    /// The one that FUZZER names.
    static let chosen: Fuzzer = {
        let name = getenv("FUZZER").map { String(cString: $0) }
        guard let fuzzer = all.first(where: { $0.name == name }) else {
            let names = all.map(\.name).joined(separator: " ")
            end("FUZZER is none of \(names)")
        }
        return fuzzer
    }()
}

/// Ends the program where something is not as it has to be, which is a finding.
func expect(_ holds: Bool, _ claim: @autoclosure () -> String) {
    if !holds { end("not so: \(claim())") }
}

private func end(_ message: String) -> Never {
    let line = Array((message + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
    abort()
}

extension String {
    /// Text as a file holds it: what isn't UTF-8 is replaced.
    init(_ bytes: UnsafeRawBufferPointer) { self.init(decoding: bytes, as: UTF8.self) }
}
