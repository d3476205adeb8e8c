import Foundation

/// The repository's Swift files, its manifest and its page about itself.
struct SourceTree: Sendable {
    /// By path.
    let files: [SourceFile]
    let manifest: String
    let architecture: String
    let root: URL

    static let repository = Result { try SourceTree() }

    private init() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        self.root = root
        let text = { (path: String) in
            try String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        let paths = try ["Sources", "Tests"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
                .filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
        }
        files = try (paths.sorted() + ["Package.swift"]).map { SourceFile($0, try text($0)) }
        manifest = try text("Package.swift")
        architecture = try text("docs/architecture.md")
    }

    func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}
