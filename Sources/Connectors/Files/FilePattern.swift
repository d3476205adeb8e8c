import Glibc

/// A pattern of file names, as in a shell: `*`, `?` and `[…]`, none of which matches a slash.
package enum FilePattern {
    /// Files that one pattern may name.
    package static let limit = 1000

    /// Whether a source is meant as a pattern: it looks like one, and no file is called that.
    package static func isOne(_ source: String) -> Bool {
        source.contains { "*?[".contains($0) } && access(source, F_OK) != 0
    }

    /// The regular files it names now, in the order of their names.
    package static func matches(_ pattern: String) -> [String] {
        present(pattern).map(\.path)
    }

    /// The same, and which files these are.
    static func present(_ pattern: String) -> [(path: String, identity: OpenFile.Identity)] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
        let paths = (0..<Int(found.gl_pathc)).compactMap { i in
            found.gl_pathv[i].map { String(cString: $0) }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { path in
            file(path).map { (path, $0) }
        }
    }

    private static func file(_ path: String) -> OpenFile.Identity? {
        var status = stat()
        return stat(path, &status) == 0 && status.kind == S_IFREG ? status.identity : nil
    }
}
