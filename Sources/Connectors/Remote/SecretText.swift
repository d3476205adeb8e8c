import Events
import Glibc

extension Secret {
    /// The longest secret, in bytes.
    private static let limit = 64 << 10

    /// The secret itself, without the newline at a file's end. The error names where it was looked
    /// for, and never holds any of it.
    func read() throws(RemoteError) -> String {
        switch self {
        case .environment(let name):
            guard let value = getenv(name) else {
                throw RemoteError("the variable `\(name)`, which holds a secret, is not set")
            }
            return String(cString: value)
        case .file(let path):
            return try Self.read(path)
        }
    }

    private static func read(_ path: String) throws(RemoteError) -> String {
        let text = try text(of: path, upTo: limit)
        return String(text.prefix { !$0.isNewline })
    }

    /// A file that holds secrets, or as much of it.
    static func text(of path: String, upTo limit: Int) throws(RemoteError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw RemoteError("\(path), which holds a secret: \(SystemError.last)")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = bytes.withUnsafeMutableBytes {
            Glibc.read(descriptor, $0.baseAddress, $0.count)
        }
        guard count >= 0 else {
            throw RemoteError("\(path), which holds a secret: \(SystemError.last)")
        }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

/// What a library says, without the secrets it was told.
struct Discretion: Sendable {
    private var secrets: [String] = []

    mutating func keep(_ secret: String) { if !secret.isEmpty { secrets.append(secret) } }

    func clean(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            var clean = ""
            var rest = text[...]
            while let found = rest.firstRange(of: secret) {
                clean += rest[..<found.lowerBound] + "***"
                rest = rest[found.upperBound...]
            }
            return clean + rest
        }
    }
}
