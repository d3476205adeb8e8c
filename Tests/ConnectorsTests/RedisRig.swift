#if Redis
    import Events
    import Foundation
    import TestServers

    @testable import Connectors

    /// A server of Redis that keeps what it acknowledged, over any death.
    final class RedisRig {
        let port = ServerProcess.freePort()
        private let folder: URL
        private var server: ServerProcess?
        private var connection: RedisConnection?

        init() throws {
            folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("weir-redis-\(UUID().uuidString)")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false)
            guard let url = try SourceURL("redis://127.0.0.1:\(port)/s") else { throw Unnamed() }
            self.url = url
            start()
        }

        private struct Unnamed: Error {}

        deinit {
            server = nil
            try? FileManager.default.removeItem(at: folder)
        }

        func start() {
            server = ServerProcess(
                "/usr/bin/redis-server",
                [
                    "--port", "\(port)", "--bind", "127.0.0.1", "--dir", folder.path, "--save", "",
                    "--appendonly", "yes", "--appendfsync", "always",
                ], port: port)
            precondition(server != nil, "the tests need the Debian package redis-server")
        }

        func kill() {
            connection = nil
            server = nil
        }

        func name(_ rest: String) -> String { "redis://127.0.0.1:\(port)/\(rest)" }

        private let url: SourceURL

        /// Asks until the server, which may be starting, answers.
        @discardableResult
        func ask(_ words: String...) throws -> RedisReply? {
            for _ in 0..<200 {
                do throws(RedisError) {
                    if connection == nil {
                        connection = try .open(url, SourceSettings(), until: Stop())
                    }
                    return try connection?.ask(words)
                } catch {
                    if error.isFinal { throw error }
                    connection = nil
                    _ = Stop().wait(for: .milliseconds(20))
                }
            }
            return nil
        }

        /// Entries `1-n` of one field that holds a record.
        func add(_ numbers: Range<Int>, to key: String = "s") throws {
            for n in numbers { try ask("XADD", key, "1-\(n)", "data", record(n)) }
        }

        /// The same, without waiting for an answer to any of them.
        func flood(_ numbers: Range<Int>) throws {
            for n in numbers {
                _ = try connection?.send(["XADD", "s", "1-\(n)", "data", record(n)])
            }
        }

        /// The number of the newest entry that outlasted the server's death.
        func newest() throws -> Int {
            let id = try ask("XREVRANGE", "s", "+", "-", "COUNT", "1")?.read { $0[0][0].text }
            return Int(RedisEntryID(id ?? "")?.sequence ?? 0)
        }

        func record(_ n: Int) -> String { "{\"n\":\(n)}" }

        func lines(_ numbers: Range<Int>) -> [UInt8] {
            numbers.flatMap { Array((record($0) + "\n").utf8) }
        }
    }
#endif
