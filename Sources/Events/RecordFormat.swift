/// How the records of a stream are written, one to a line.
package enum RecordFormat: String, CaseIterable, Hashable, Sendable {
    case json
    /// `key=value key="a value"`.
    case logfmt
    /// A header, then values; separated by commas, semicolons, tabs or bars, as the header is.
    case csv

    /// What a file's name tells: `.csv` and `.tsv`, `.logfmt`, and for anything else JSON.
    package init(path: String) {
        var name = path.lowercased()
        for ending in [".gz", ".zst"] where name.hasSuffix(ending) {
            name.removeLast(ending.count)
        }
        if name.hasSuffix(".csv") || name.hasSuffix(".tsv") {
            self = .csv
        } else {
            self = name.hasSuffix(".logfmt") ? .logfmt : .json
        }
    }
}
