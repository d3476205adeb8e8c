/// A query's text by Unicode scalars, with the column of each.
///
/// Read by scalars, so that a combining mark can't hide the bracket it follows; counted in
/// characters, which is what a person at an editor counts. At most `limit` scalars.
struct QuerySource {
    static let limit = 4096

    let scalars: [Unicode.Scalar]
    /// Of each scalar, how many characters stand before the one it is in; last, that of the end.
    private let columns: [Int]

    init(_ text: String) throws(QueryError) {
        var scalars: [Unicode.Scalar] = []
        var columns: [Int] = []
        var column = 0
        for character in text {
            for scalar in character.unicodeScalars {
                if scalars.count == Self.limit {
                    throw QueryError(
                        column: column + 1,
                        message: "a query has at most \(Self.limit) characters; this one is longer")
                }
                scalars.append(scalar)
                columns.append(column)
            }
            column += 1
        }
        self.scalars = scalars
        self.columns = columns + [column]
    }

    /// An error about `span`, a range of scalars; an empty one is about the place where it is.
    func error(
        _ span: Range<Int>, _ message: String, kind: QueryError.Kind = .syntax
    ) -> QueryError {
        let first = columns[span.lowerBound]
        let last = span.isEmpty ? first : columns[span.upperBound - 1]
        return QueryError(
            kind: kind, column: first + 1, length: last - first + 1, message: message)
    }

    func text(_ span: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[span])
        return String(view)
    }

    /// A piece of the query as a message shows it: in backticks, on one line, at most 40 scalars,
    /// and with nothing in it that a terminal obeys or an eye can't see.
    func shown(_ span: Range<Int>) -> String {
        let piece = scalars[span].prefix(40)
        return "`" + visible(piece) + (piece.count < span.count ? "…" : "") + "`"
    }
}

/// Text with nothing in it that a terminal obeys or an eye can't see.
func visible(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    scalars.map(\.shown).joined()
}

extension Unicode.Scalar {
    fileprivate var shown: String {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            escaped
        case .spaceSeparator where self != " ": escaped
        default: String(self)
        }
    }

    private var escaped: String {
        "\\u{" + String(value, radix: 16, uppercase: true) + "}"
    }
}
