import Events

/// The sources that `from` may name.
enum SourceScheme {
    /// Of later versions.
    static var later: [RemoteScheme] {
        RemoteScheme.allCases.filter { !RemoteScheme.built.contains($0) }
    }

    /// For messages: what there is.
    static let list =
        "`stdin`, a path or a pattern of paths, `tcp://`, `tcp-listen://`, `unix://`, "
        + "`unix-listen://`, "
        + RemoteScheme.built.map { "`\($0.prefix)`, " }.joined() + "`demo:plant`"

    /// What stands before the colon in `scheme://…`, `exec:…` and `demo:…`; nil for a path.
    static func of(_ source: String) -> String? {
        guard let colon = source.firstIndex(of: ":") else { return nil }
        let scheme = source[..<colon]
        let isName = scheme.utf8.allSatisfy {
            0x61...0x7A ~= $0 || 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0
                || "+-.".utf8.contains($0)
        }
        guard isName, !scheme.isEmpty else { return nil }
        let hasSlashes = source[colon...].hasPrefix("://")
        let isKnown = scheme == "exec" || scheme == "demo"
        return hasSlashes || isKnown ? String(scheme) : nil
    }
}
