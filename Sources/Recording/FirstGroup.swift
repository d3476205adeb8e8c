import Events

/// Finds the header of a recording, which has the first frame to itself.
struct FirstGroup {
    private let path: String

    init(_ file: RecordingFile) { path = file.path }

    /// Throws what the file is instead.
    mutating func read(
        from groups: GroupReader
    ) throws(RecordingError) -> (header: RecordingHeader, start: FrameStart) {
        switch groups.next() {
        case nil: throw refusal("is empty, and so no recording")
        case .damage(let damage)?:
            throw refusal("is no recording, or its header is lost; \(damage)")
        case .group(let bytes, _, _)?:
            var lines = GroupLines(bytes)
            guard case .frame(let start)? = lines.next().flatMap({ RecordingLine($0) }),
                case .weir(let title)? = lines.next().flatMap({ RecordingLine($0) })
            else { throw refusal("is no recording") }
            guard title.format <= RecordingHeader.format else {
                throw refusal(
                    "is a recording of format \(title.format), by weir \(title.program); this "
                        + "program reads those up to \(RecordingHeader.format)")
            }
            guard let header = Self.header(title, &lines) else {
                throw refusal("has a header that can't be read")
            }
            return (header, start)
        }
    }

    private func refusal(_ words: String) -> RecordingError {
        RecordingError(.notARecording, "\(path) \(words)")
    }

    private static func header(
        _ title: RecordingHeader.Title, _ lines: inout GroupLines
    ) -> RecordingHeader? {
        var header = RecordingHeader(title, dashboard: "")
        while let line = lines.next() {
            switch RecordingLine(line) {
            case .bounded(let streams)?: header.bounded = streams
            case .span(let span)?: header.span = span
            case .cut(let number, let at)?: header.cut = (number, at)
            case .dashboard(_, _, _, let count)?:
                guard let text = lines.text(count) else { return nil }
                header.dashboard = text
                return header
            default: return nil
            }
        }
        return nil
    }
}
