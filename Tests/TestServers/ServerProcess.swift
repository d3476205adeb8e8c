import CSpawn
import Glibc

/// A program that serves a test, on a port of the loopback; killed with the last reference to it.
///
/// It gets no descriptor but the standard ones: what it held of another test's would keep that
/// from its end.
package final class ServerProcess: Sendable {
    package let pid: pid_t
    package let port: UInt16

    /// Waits until it can be connected to. nil: it can't be started, or doesn't serve in time.
    ///
    /// - Parameter output: a file for what it says; nil: nobody reads that.
    package init?(
        _ program: String, _ arguments: [String], port: UInt16, output: String? = nil,
        environment: [String: String] = [:]
    ) {
        guard let pid = Self.spawn(program, arguments, output ?? "/dev/null", environment)
        else { return nil }
        self.pid = pid
        self.port = port
        guard Self.wait(within: 20, until: { Self.isServed(port) }) else { return nil }
    }

    deinit {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    /// A port that was free a moment ago.
    package static func freePort() -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withAddress(&address) {
            bind(descriptor, $0, size) | getsockname(descriptor, $0, &size)
        }
        precondition(status == 0, "a test can't have a port")
        return UInt16(bigEndian: address.sin_port)
    }

    /// Looks again and again. False: it has not become so in that many seconds.
    package static func wait(within seconds: Int, until condition: () -> Bool) -> Bool {
        for _ in 0..<(seconds * 50) {
            if condition() { return true }
            poll(nil, 0, 20)
        }
        return condition()
    }

    private static func isServed(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(port)
        return withAddress(&address) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }

    private static func withAddress<R>(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> R
    ) -> R {
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ output: String,
        _ environment: [String: String]
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        let words = Self.copies([program] + arguments)
        let variables = Self.copies(
            ["PATH=/usr/bin:/bin"] + environment.map { "\($0)=\($1)" })
        defer { for word in words + variables { free(word) } }
        var pid: pid_t = 0
        return posix_spawn(&pid, program, &actions, nil, words, variables) == 0 ? pid : nil
    }

    /// With a nil at the end; for the caller to free.
    private static func copies(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
        words.map { (word: String) in strdup(word) } + [nil]
    }
}
