import Events
import Glibc

/// An address as the system's calls take it.
struct SocketAddress {
    let family: Int32
    /// SOCK_STREAM or SOCK_DGRAM.
    let type: Int32
    /// Every address of this machine, of the older protocol too.
    var takesBoth = false
    private let bytes: [UInt8]

    func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        bytes.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: sockaddr.self) {
                body($0.baseAddress!, socklen_t(bytes.count))
            }
        }
    }

    /// Where this place is; at least one address.
    static func all(
        of place: SocketName.Place, listens: Bool
    ) throws(SocketError) -> [SocketAddress] {
        switch place {
        case .unix(let path): [unix(path)]
        case .tcp(let host, let port):
            try network(host, port, Int32(SOCK_STREAM.rawValue), listens: listens)
        case .udp(let host, let port):
            try network(host, port, Int32(SOCK_DGRAM.rawValue), listens: listens)
        }
    }

    private static func unix(_ path: String) -> SocketAddress {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return SocketAddress(
            family: AF_UNIX, type: Int32(SOCK_STREAM.rawValue),
            bytes: withUnsafeBytes(of: &address) { Array($0) })
    }

    private static func network(
        _ host: String, _ port: UInt16, _ type: Int32, listens: Bool
    ) throws(SocketError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = type
        hints.ai_flags = listens ? AI_PASSIVE : 0
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host.isEmpty ? nil : host, "\(port)", &hints, &found)
        guard status == 0 else { throw SocketError(resolving: status) }
        defer { freeaddrinfo(found) }
        let addresses = sequence(first: found!, next: \.pointee.ai_next).map { entry in
            SocketAddress(
                family: entry.pointee.ai_family, type: type,
                bytes: Array(
                    UnsafeRawBufferPointer(
                        start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen))))
        }
        return host.isEmpty ? everywhere(addresses) : addresses
    }

    /// One socket serves both protocols, where there is the newer one; else the older one alone.
    private static func everywhere(_ addresses: [SocketAddress]) -> [SocketAddress] {
        let newer = addresses.filter { $0.family == AF_INET6 }.map { address in
            var address = address
            address.takesBoth = true
            return address
        }
        return newer + addresses.filter { $0.family != AF_INET6 }
    }
}
