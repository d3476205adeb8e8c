import Yams

/// Turns an error of the YAML library into a problem with a place and a way out.
struct YAMLSyntax {
    let source: SourceText

    /// `original` gives the offset of a mark.
    func problem(_ error: YamlError, original: (Mark) -> Int) -> Problem {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return self.problem(
                problem, at: original(mark), context: context.map { original($0.mark) },
                doing: context?.text)
        case .memory: return Problem(offset: 0, message: "out of memory while reading YAML")
        default: return Problem(offset: 0, message: "can't be read as YAML")
        }
    }

    private func problem(
        _ problem: String, at offset: Int, context: Int?, doing: String?
    ) -> Problem {
        if problem.contains("another document") {
            return Problem(
                offset: offset, length: 3,
                message: "a second document begins here; a dashboard is one document")
        }
        if problem.contains("undefined alias") {
            return Problem(
                offset: offset,
                message: "an alias (`*name`) without an anchor (`&name`) before it; "
                    + "text that begins with `*` goes into quotes")
        }
        let isUnclosed = problem.contains("end of stream") || problem.contains("document indicator")
        if isUnclosed, doing?.contains("quoted scalar") == true, let context {
            return Problem(offset: context, message: "a quote that is never closed")
        }
        return trap(at: offset) ?? context.flatMap(trap(at:))
            ?? plain(problem, at: offset, context: context, doing: doing)
    }

    /// The known ways to write a value that YAML reads otherwise.
    private func trap(at offset: Int) -> Problem? {
        if let tab = indentingTab(at: offset) {
            return Problem(
                offset: tab, message: "a tab in the indentation; YAML wants spaces there")
        }
        guard let line = KeyLine(at: offset, in: source), let trap = line.trap else { return nil }
        return Problem(
            offset: line.restOffset, length: line.rest.unicodeScalars.count,
            message: "\(quotedPiece(line.rest)) can't be read: \(trap); \(line.advice)")
    }

    private func indentingTab(at offset: Int) -> Int? {
        let at = firstOfLine(at: offset)
        return source[at] == "\t" ? at : nil
    }

    /// The first scalar of the line that is no space.
    private func firstOfLine(at offset: Int) -> Int {
        var at = source.lineStart(source.lineIndex(at: offset))
        while source[at] == " " { at += 1 }
        return at
    }

    private func plain(
        _ problem: String, at offset: Int, context: Int?, doing: String?
    ) -> Problem {
        if doing?.contains("flow") == true, let context {
            let opening = String(source[context])
            return Problem(
                offset: offset,
                message: "expected `,` or the bracket that closes `\(opening)` of line "
                    + "\(source.place(at: context).line), read \(piece(at: offset))")
        }
        if problem.contains("mapping values") {
            return Problem(
                offset: firstOfLine(at: offset),
                message: "indented as if it continued the value above; keys of one mapping stand "
                    + "in one column")
        }
        return Problem(
            offset: offset,
            message: "not YAML: read \(piece(at: offset)), \(way(problem))")
    }

    private func piece(at offset: Int) -> String {
        let text = source.string(min(offset, source.scalars.count)..<source.lineEnd(at: offset))
        return text.isEmpty ? "the end of the line" : quotedPiece(text)
    }

    private func way(_ problem: String) -> String {
        if problem.contains("expected key") || problem.contains("':'") {
            return "expected `key: value`, in line with the keys above"
        }
        if problem.contains("'-' indicator") { return "expected `-` for the next item of the list" }
        if problem.contains("cannot start any token") { return "which goes into quotes" }
        return problem
    }
}
