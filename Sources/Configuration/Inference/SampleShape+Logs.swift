import Decoding
import Events

/// Logs of formats whose fields are known, and which are best recognised by reading them.
extension SampleShape {
    /// What is worth looking at in an access log; the rest repeats it, or hardly changes.
    static let accessFields = [
        "time", "remote", "path", "status", "bytes", "referer", "user_agent", "request_time",
    ].map { FieldPath($0) }

    static let syslogFields = ["time", "host", "app", "severity", "facility"].map { FieldPath($0) }

    static func accessRecords(_ records: [String]) -> Int {
        read(records, as: .access, []).rowCount
    }

    /// A priority tells syslog, and so do a host and an app. But where a level stands in the
    /// host's place, it is the log of some program.
    static func syslogRecords(_ records: [String]) -> Int {
        let batch = read(records, as: .syslog, ["priority", "host", "app"])
        let (priority, host, app) = (batch.columns[0], batch.columns[1], batch.columns[2])
        return (0..<batch.rowCount).count { row in
            if priority.kinds[row] == .number { return true }
            guard case .string(let name) = host.dictionary[Int(host.codes[row])] else {
                return false
            }
            return app.kinds[row] == .string && !levels.contains(name.uppercased())
        }
    }

    private static let levels: Set = [
        "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERR", "ERROR", "CRIT", "CRITICAL",
        "FATAL", "PANIC", "[TRACE]", "[DEBUG]", "[INFO]", "[WARN]", "[WARNING]", "[ERROR]",
        "[FATAL]",
    ]

    private static func read(
        _ records: [String], as format: RecordFormat, _ fields: [String]
    ) -> ColumnBatch {
        let bytes = Array((records.joined(separator: "\n") + "\n").utf8)
        var decoder = RecordDecoder(
            fields: fields.map { FieldUse(path: FieldPath($0), asCode: true) }, time: .arrival,
            format: format)
        let chunk = Chunk(
            stream: 0, origin: Origin(source: "sample"), firstOffset: 0, lines: records.count,
            bytes: RecordBytes(bytes), receivedAt: .epoch)
        return decoder.decode(chunk, latest: .end)
    }
}
