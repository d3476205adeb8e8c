import Foundation
import PtySupport

/// A tmux of its own, with one pane and nobody attached: a second emulator of a terminal.
final class Tmux {
    static let path = "/usr/bin/tmux"
    static let isWanted =
        FileManager.default.isExecutableFile(atPath: path)
        || ProcessInfo.processInfo.environment["CI"] != nil

    private let socket = "weir-\(UUID().uuidString.prefix(8))"
    private let configuration: URL

    private enum Failure: Error { case refused([String]) }

    /// Runs a command line in a pane of this size.
    init(_ command: String, type: String, columns: Int, rows: Int) throws {
        configuration = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(socket).conf")
        try "set -g status off\nset -g default-terminal \(type)\nset -g remain-on-exit on\n".write(
            to: configuration, atomically: true, encoding: .utf8)
        try run(["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", command])
    }

    deinit {
        _ = try? run(["kill-server"])
        try? FileManager.default.removeItem(at: configuration)
    }

    func type(_ keys: String) throws { try run(["send-keys", keys]) }

    /// The rows of the pane, without blanks at their ends.
    func rows() throws -> [String] {
        try run(["capture-pane", "-p"]).split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                String(
                    line.prefix(
                        upTo: line.lastIndex { $0 != " " }.map(line.index(after:))
                            ?? line.startIndex))
            }
    }

    /// Looks again and again until the pane shows these rows; what it showed at last, if never.
    func difference(from wanted: [String], patience: Duration = .seconds(20)) throws -> String? {
        let deadline = ContinuousClock.now + patience
        while true {
            let shown = try rows()
            guard let row = wanted.indices.first(where: { !isSame(shown, wanted, row: $0) }) else {
                return nil
            }
            guard ContinuousClock.now < deadline else {
                let text = shown.indices.contains(row) ? shown[row] : "nothing"
                return "row \(row) is \(text.debugDescription), not \(wanted[row].debugDescription)"
            }
        }
    }

    private func isSame(_ shown: [String], _ wanted: [String], row: Int) -> Bool {
        let text = shown.indices.contains(row) ? shown[row] : ""
        return Array(text.unicodeScalars) == Array(wanted[row].unicodeScalars)
    }

    /// By `PtyProcess`, whose waits end. With Foundation's `Process` the first command would never
    /// end: the server goes on after it, and keeps what a child's end is seen by.
    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let client = PtyProcess(
            program: Self.path, ["-u", "-L", socket, "-f", configuration.path] + arguments,
            environment: ["TERM=xterm-256color"])
        guard client.exitStatus() == 0 else { throw Failure.refused(arguments) }
        let text = String(decoding: client.output, as: UTF8.self)
        return text.replacing("\r\n", with: "\n")
    }
}
