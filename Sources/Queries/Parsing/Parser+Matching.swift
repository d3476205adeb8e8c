import Events
import Patterns

/// Regular expressions: `text =~ "pattern"`, and the same as a function.
extension Parser {
    /// From the pattern on.
    mutating func match(of subject: Operand, _ sign: Range<Int>) throws(QueryError) -> Operand {
        try checkMatching(sign)
        let text = try text(subject, for: "`=~`")
        let (pattern, span) = try pattern()
        return Operand(.matches(text, pattern), subject.span.lowerBound..<span.upperBound)
    }

    /// `matches(text, "pattern")`, from its name on. It counts as the operator that it is.
    mutating func matchesCall() throws(QueryError) -> Operand {
        try checkMatching(token.span)
        try countOperator(token.span)
        let start = advance().span.lowerBound
        _ = try open()
        let text = try text(anyExpression(), for: "`matches`")
        try expect(",")
        let (pattern, _) = try pattern()
        let end = token.span.upperBound
        try expect(")")
        nesting -= 1
        return Operand(.matches(text, pattern), start..<end)
    }

    private func checkMatching(_ span: Range<Int>) throws(QueryError) {
        if scope == .columns {
            throw error(
                span, "\(source.shown(span)) is of no use here: a view's columns are numbers")
        }
    }

    private mutating func pattern() throws(QueryError) -> (pattern: String, span: Range<Int>) {
        want("a regular expression in quotes")
        guard case .string(let pattern) = token.kind else { throw unexpected() }
        do throws(PatternError) {
            _ = try RegularExpression(pattern)
        } catch {
            throw self.error(
                place(of: error.offset), "this is no regular expression: \(error.message)")
        }
        return (pattern, advance().span)
    }

    /// Where so many scalars of the pattern under the cursor have been read: the next one, or the
    /// whole string if an escape stands before it.
    private func place(of offset: Int) -> Range<Int> {
        let start = token.span.lowerBound + 1
        let read = start..<min(start + offset, token.span.upperBound - 1)
        if source.scalars[read].contains("\\") { return token.span }
        return read.upperBound..<read.upperBound + 1
    }
}
