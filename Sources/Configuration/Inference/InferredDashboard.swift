import Decoding
import Events

/// A dashboard for a stream that nobody made one for, from a sample of its records.
///
/// What it assumes is said: every assumption is a line for a person, and the dashboard itself can
/// be written out as a file to start from.
package struct InferredDashboard {
    package private(set) var dashboard: Dashboard
    package private(set) var assumptions: [String] = []

    /// Bytes that make a good sample.
    package static let sampleLimit = 256 << 10

    /// `sample`: whole lines. `from`: the source, as a dashboard names it. `isLive`: what comes
    /// next comes by and by, and the sample may begin with what had been kept.
    package init(sample: [UInt8], from: String, isLive: Bool, now: Timestamp) {
        let text = String(decoding: sample, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        var stream = StreamDefinition(name: "input", from: from)
        guard let shape = SampleShape(lines, name: from) else {
            dashboard = Self.raw(stream)
            let advice = Self.jsonAdvice(lines).map { "; " + $0 } ?? ""
            assumptions = [
                "no format fits: not JSON, an access log, syslog, logfmt, or CSV with a header; "
                    + "its lines are shown as they are" + advice
            ]
            return
        }
        stream.format = shape.format
        let chunk = Chunk(
            stream: 0, origin: Origin(source: from), firstOffset: 0,
            lines: sample.count { $0 == 10 }, bytes: RecordBytes(sample), receivedAt: now)
        var decoder = RecordDecoder(
            fields: shape.fields.map { FieldUse(path: $0, asNumber: true, asCode: true) },
            time: .arrival, format: shape.format)
        let batch = decoder.decode(chunk, latest: .end)
        guard batch.rowCount > 0 else {
            dashboard = Self.raw(stream)
            let advice = Self.jsonAdvice(lines).map { "; " + $0 } ?? ""
            assumptions = ["no line is a whole record of \(shape.format.name)\(advice)"]
            return
        }
        let profiles = zip(shape.fields, batch.columns).map { FieldProfile($0, $1) }
        var builder = DashboardBuilder(stream, profiles, SampleTimes(chunk, shape, profiles))
        builder.build(isLive: isLive)
        dashboard = builder.dashboard
        assumptions =
            ["\(batch.rowCount) records of \(shape.format.name)"] + builder.assumptions
    }
}
