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
        if let scheme = SourceScheme.of(source) {
            return knownScheme(scheme, source, field) ? source : nil
        }
        guard !holdsVariable(source, field) else { return nil }
        return source
    }

    private mutating func holdsVariable(_ source: String, _ field: Fields.Field) -> Bool {
        guard source.contains("${") else { return false }
        refuse(
            field, "`${…}` in `from` is not built yet but for a password, `user:${PASSWORD}@host`",
            kind: .notBuiltYet)
        return true
    }

    /// The same for one that records are read from.
    mutating func readableSource(_ field: Fields.Field) -> String? {
        guard let source = source(field) else { return nil }
        guard let url = (try? SourceURL(source)) ?? nil, let problem = url.readingProblem else {
            return source
        }
        refuse(field, "\(problem); it is written `\(url.scheme.example)`")
        return nil
    }

    private mutating func knownScheme(
        _ scheme: String, _ source: String, _ field: Fields.Field
    ) -> Bool {
        if let scheme = RemoteScheme(rawValue: scheme) { return isRemote(scheme, source, field) }
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
        if scheme == "rediss" {
            refuse(
                field,
                "`rediss://` is not to be had: the hiredis that weir is built with has no TLS; "
                    + "lead `redis://127.0.0.1/…` through a tunnel: ssh -L 6379:localhost:6379 host"
            )
            return false
        }
        let known = RemoteScheme.allCases.map(\.rawValue) + SocketName.schemes + ["demo"]
        let near = nearestName(to: scheme, in: known).map { "did you mean `\($0)`?" }
        refuse(
            field,
            "\(quotedPiece(scheme + "://")) is no source; "
                + (near ?? "there is \(SourceScheme.list)"))
        return false
    }

    private mutating func isRemote(
        _ scheme: RemoteScheme, _ source: String, _ field: Fields.Field
    ) -> Bool {
        if SourceScheme.later.contains(scheme) {
            refuse(
                field,
                "`\(scheme.prefix)` sources are not built yet; there is \(SourceScheme.list)",
                kind: .notBuiltYet)
            return false
        }
        if scheme == .exec, source.dropFirst(scheme.prefix.count).allSatisfy(\.isWhitespace) {
            refuse(field, "the command is missing; it is written `\(scheme.example)`")
            return false
        }
        do throws(SourceURL.Problem) {
            guard let url = try SourceURL(source) else { return true }
            if let problem = url.problem {
                refuse(field, "\(problem); it is written `\(scheme.example)`")
                return false
            }
            return true
        } catch {
            refuse(field, printable(error.message))
            return false
        }
    }
}
