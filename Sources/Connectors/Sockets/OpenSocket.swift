import Events
import Glibc

/// Why a socket could not be had, in words.
struct SocketError: Error, CustomStringConvertible {
    var description: String
    /// What the system said.
    var code: Int32?

    init(_ error: SystemError) { (description, code) = (error.description, error.code) }

    /// The status of `getaddrinfo`.
    init(resolving status: Int32) { description = String(cString: gai_strerror(status)) }

    init(_ description: String) { self.description = description }
}

/// A socket that never blocks, closed with its last holder.
final class OpenSocket: Sendable {
    let descriptor: Int32

    /// Takes the descriptor.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Connects; nil at the sign to stop. The addresses of a host are tried one after another.
    /// Asking for them waits for the system's resolver, which the sign doesn't interrupt.
    static func connect(
        to place: SocketName.Place, until stop: Stop
    ) throws(SocketError) -> OpenSocket? {
        var failure = SocketError("no address")
        for address in try SocketAddress.all(of: place, listens: false) {
            do throws(SystemError) {
                guard let socket = try connect(to: address, until: stop) else { return nil }
                return socket
            } catch {
                failure = SocketError(error)
            }
        }
        throw failure
    }

    private static func connect(
        to address: SocketAddress, until stop: Stop
    ) throws(SystemError) -> OpenSocket? {
        let socket = try make(for: address).keptAlive()
        let status = address.withPointer { Glibc.connect(socket.descriptor, $0, $1) }
        if status == 0 { return socket }
        guard errno == EINPROGRESS else { throw .last }
        switch stop.wait(output: socket.descriptor, for: .seconds(10)) {
        case .stopped: return nil
        case .timedOut: throw SystemError(code: ETIMEDOUT)
        case .ready: break
        }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(socket.descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        guard code == 0 else { throw SystemError(code: code) }
        return socket
    }

    /// Waits for others at this place, or for their datagrams, at the first of its addresses that
    /// this machine can have.
    static func listen(at place: SocketName.Place) throws(SocketError) -> OpenSocket {
        var failure = SocketError("no address")
        for address in try SocketAddress.all(of: place, listens: true) {
            do throws(SystemError) {
                return try listen(at: address)
            } catch {
                failure = SocketError(error)
                guard error.code == EAFNOSUPPORT || error.code == EADDRNOTAVAIL else { break }
            }
        }
        throw failure
    }

    private static func listen(at address: SocketAddress) throws(SystemError) -> OpenSocket {
        let socket = try make(for: address)
        let isStream = address.type == Int32(SOCK_STREAM.rawValue)
        // For datagrams it would mean that two may listen at one place, and only one hears.
        if isStream { socket.set(SO_REUSEADDR, 1) }
        if address.takesBoth { socket.set(IPV6_V6ONLY, 0, level: Int32(IPPROTO_IPV6)) }
        guard address.withPointer({ bind(socket.descriptor, $0, $1) }) == 0,
            !isStream || Glibc.listen(socket.descriptor, 64) == 0
        else { throw .last }
        return socket
    }

    /// The next one who connected; nil: nobody has, or has gone again. Throws when the system has
    /// no room for another.
    func accept() throws(SystemError) -> OpenSocket? {
        let client = Glibc.accept(descriptor, nil, nil)
        guard client < 0 else { return OpenSocket(client).keptAlive() }
        let failure = SystemError.last
        if failure.isShortage { throw failure }
        return nil
    }

    /// Who has gone without a word is noticed within a minute. A socket without a network refuses
    /// that, and has no need of it.
    private func keptAlive() -> OpenSocket {
        set(SO_KEEPALIVE, 1)
        let level = Int32(IPPROTO_TCP)
        set(TCP_KEEPIDLE, 30, level: level)
        set(TCP_KEEPINTVL, 10, level: level)
        set(TCP_KEEPCNT, 3, level: level)
        return self
    }

    func set(_ option: Int32, _ value: Int32, level: Int32 = SOL_SOCKET) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func make(for address: SocketAddress) throws(SystemError) -> OpenSocket {
        let descriptor = socket(address.family, address.type, 0)
        guard descriptor >= 0 else { throw .last }
        return OpenSocket(descriptor)
    }
}

/// A connection for the caller to keep, and to give to a source when it knows what that is.
package func connectedDescriptor(to place: SocketName.Place) throws -> Int32 {
    let socket = try OpenSocket.connect(to: place, until: Stop())
    return dup(socket!.descriptor)
}
