import Events
import Glibc

/// Why a socket could not be had, in words.
struct SocketError: Error, CustomStringConvertible {
    var description: String

    init(_ error: SystemError) { description = error.description }

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
        let socket = try make(for: address)
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

    /// Waits for others at this place.
    static func listen(at place: SocketName.Place) throws(SocketError) -> OpenSocket {
        guard let address = try SocketAddress.all(of: place, listens: true).first else {
            throw SocketError("no address")
        }
        do throws(SystemError) {
            let socket = try make(for: address)
            var yes: Int32 = 1
            setsockopt(
                socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes,
                socklen_t(MemoryLayout<Int32>.size))
            guard address.withPointer({ bind(socket.descriptor, $0, $1) }) == 0,
                Glibc.listen(socket.descriptor, 64) == 0
            else { throw .last }
            return socket
        } catch {
            throw SocketError(error)
        }
    }

    /// The next one who connected; nil: nobody has.
    func accept() -> OpenSocket? {
        let client = Glibc.accept(descriptor, nil, nil)
        return client < 0 ? nil : OpenSocket(client)
    }

    private static func make(for address: SocketAddress) throws(SystemError) -> OpenSocket {
        let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw .last }
        return OpenSocket(descriptor)
    }
}

/// A connection for the caller to keep, and to give to a source when it knows what that is.
package func connectedDescriptor(to place: SocketName.Place) throws -> Int32 {
    let socket = try OpenSocket.connect(to: place, until: Stop())
    return dup(socket!.descriptor)
}
