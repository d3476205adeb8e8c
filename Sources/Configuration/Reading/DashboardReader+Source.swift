import Events
import Queries

extension DashboardReader {
    /// A stream's `from`, which is not opened here.
    mutating func source(_ field: Fields.Field) -> String? {
        guard let source = text(field, limit: 4096) else { return nil }
        if source == "-" {
            refuse(field, "in a dashboard the standard input is written `stdin`, not `-`")
            return nil
        }
        if source.contains("${") {
            refuse(field, "`${…}` in `from` is not built yet", kind: .notBuiltYet)
            return nil
        }
        if let scheme = SourceScheme.of(source) {
            return knownScheme(scheme, source, field) ? source : nil
        }
        return source
    }

    private mutating func knownScheme(
        _ scheme: String, _ source: String, _ field: Fields.Field
    ) -> Bool {
        if SourceScheme.later.contains(scheme) {
            let name = scheme == "exec" ? "exec:" : "\(scheme)://"
            refuse(
                field,
                "`\(name)` sources are not built yet; there is \(SourceScheme.list)",
                kind: .notBuiltYet)
            return false
        }
        if SocketName.schemes.contains(scheme) {
            if SocketName(source: source) != nil { return true }
            refuse(
                field,
                "\(quotedPiece(source)) names no socket; write `tcp://host:9000`, "
                    + "`tcp-listen://:9000`, `unix:///run/app.sock` or "
                    + "`unix-listen:///run/app.sock`")
            return false
        }
        if scheme == "demo" {
            if DemoName(source: source) != nil { return true }
            refuse(field, "there is no demo \(quotedPiece(source)); there is \(DemoName.list)")
            return false
        }
        let known = SourceScheme.later + SocketName.schemes + ["demo"]
        let near = nearestName(to: scheme, in: known).map { "did you mean `\($0)`?" }
        refuse(
            field,
            "\(quotedPiece(scheme + "://")) is no source; "
                + (near ?? "there is \(SourceScheme.list)"))
        return false
    }
}
