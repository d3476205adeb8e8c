import Configuration
import Recording
import Screen

/// A dashboard file is refused, with mistakes at places that it has, or it is read, and then it is
/// written as a file that reads back equal.
@Sendable func readDashboard(_ bytes: UnsafeRawBufferPointer) {
    let text = String(bytes)
    do throws(DashboardErrors) {
        let dashboard = try Dashboard(reading: text, file: "fuzz.yaml")
        let written = dashboard.yaml
        let again = readBack(written)
        expect(again.title == dashboard.title, "the title of\n\(written)")
        expect(again.streams == dashboard.streams, "the streams of\n\(written)")
        expect(again.views == dashboard.views, "the views of\n\(written)")
        expect(again.lag == dashboard.lag, "the groups of\n\(written)")
        expect(again.alerts == dashboard.alerts, "the alerts of\n\(written)")
        expect(again.rows == dashboard.rows, "the panels of\n\(written)")
        expect(again.yaml == written, "all of\n\(written)")
    } catch {
        let found = error.errors
        expect(!found.isEmpty && found.count <= DashboardErrors.limit, "\(found.count) mistakes")
        for mistake in found {
            expect(mistake.line >= 1 && mistake.column >= 1, "\(mistake) has a place")
            expect(!mistake.message.isEmpty, "\(mistake) says what")
            expect(!mistake.rendered(in: text).isEmpty, "\(mistake) is shown")
        }
        let places = found.map { ($0.line, $0.column) }
        expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }, "\(places) are in order")
    }
}

private func readBack(_ written: String) -> Dashboard {
    do throws(DashboardErrors) {
        return try Dashboard(reading: written, file: "again.yaml")
    } catch {
        expect(false, "\(error.errors) is in\n\(written)")
        return Dashboard()
    }
}

/// Of whatever a source begins with a dashboard can be made, which written as a file reads back as
/// the same.
@Sendable func readSample(_ bytes: UnsafeRawBufferPointer) {
    let isLive = bytes.count.isMultiple(of: 2)
    let sample = bytes.last == 0x0A ? Array(bytes) : Array(bytes) + [0x0A]
    let inferred = InferredDashboard(sample: sample, from: "stdin", isLive: isLive, now: now)
    let written = inferred.dashboard.yaml
    expect(readBack(written).yaml == written, "all of\n\(written)")
    expect(!inferred.assumptions.isEmpty, "what is assumed is said")
}

/// A theme is read whatever it is; what can't be is told by its line.
@Sendable func readTheme(_ bytes: UnsafeRawBufferPointer) {
    let text = String(bytes)
    let theme = Theme(parsing: text, name: "fuzz")
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
    for problem in theme.problems {
        expect((1...lines).contains(problem.line), "\(problem) has a place")
        expect(!problem.message.isEmpty, "\(problem) says what")
    }
    for role in Role.allCases { _ = theme.colors(for: role) }
    _ = theme.isMono
}

/// A line of a recording is damage, or it is written as it was meant, and reads back equal.
@Sendable func readRecordingLine(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.contains(0x0A), let line = RecordingLine(bytes) else { return }
    let written = line.bytes
    expect(!written.contains(0x0A), "\(written) is a line")
    expect(RecordingLine(written) == line, "\(written) reads back as \(line)")
}
