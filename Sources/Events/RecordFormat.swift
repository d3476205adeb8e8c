/// How the records of a stream are written, one to a line.
package enum RecordFormat: Hashable, Sendable {
    case json
    /// `key=value key="a value"`.
    case logfmt
    /// A header, then values; separated by commas, semicolons, tabs or bars, as the header is.
    case csv
    /// The common and combined logs of web servers.
    case access
    /// RFC 5424 and RFC 3164.
    case syslog
    /// A regular expression whose named groups are the fields.
    case pattern(String)

    /// Those of which the name says everything.
    package static let named: [RecordFormat] = [.json, .logfmt, .csv, .access, .syslog]

    /// One of `named`.
    package init?(name: String) {
        guard let format = Self.named.first(where: { $0.name == name }) else { return nil }
        self = format
    }

    package var name: String {
        switch self {
        case .json: "json"
        case .logfmt: "logfmt"
        case .csv: "csv"
        case .access: "access"
        case .syslog: "syslog"
        case .pattern: "pattern"
        }
    }

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
