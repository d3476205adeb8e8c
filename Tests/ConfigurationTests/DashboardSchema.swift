import Foundation
import Testing

/// docs/dashboard.schema.json, and what a validator says of files by it.
struct DashboardSchema {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let file = root.appendingPathComponent("docs/dashboard.schema.json")
    private static let validator = root.appendingPathComponent(
        "Tests/ConfigurationTests/validate.py")

    private let tree: Any

    init() throws { tree = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.file)) }

    /// What stands at a path of keys: `/$defs/stream/required`.
    func value<Value>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
        var value: Any? = tree
        for key in path.split(separator: "/") { value = (value as? [String: Any])?[String(key)] }
        return try #require(value as? Value, "nothing of the kind at \(path)")
    }

    /// What is wrong with each of these texts, as `/place: message`; nothing if it is valid.
    static func complaints(about texts: [String]) throws -> [[String]] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try texts.enumerated().map { i, text in
            let file = folder.appendingPathComponent("\(i).yaml")
            try Data(text.utf8).write(to: file)
            return file.path
        }
        let lines = try validate(files).split(separator: "\n")
        try #require(lines.count == texts.count, "validate.py says one line of each file")
        return lines.map { $0.split(separator: "\t").dropFirst().map(String.init) }
    }

    private static func validate(_ files: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-I", "-X", "utf8", validator.path, file.path] + files
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(
            process.terminationStatus == 0,
            "validate.py needs the Debian packages python3-jsonschema and python3-yaml")
        return String(decoding: data, as: UTF8.self)
    }
}
