import Glibc
import TestServers
import Testing

@testable import Connectors

/// TLS against OpenSSL's own server, with a certificate for `localhost` that signs itself.
@Suite struct SecureHTTPTests {
    let folder = TestFolder()
    let stop = Stop()
    let server: ServerProcess

    init() throws {
        let (key, certificate) = (folder.path("key"), folder.path("certificate"))
        let request =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
            + " -keyout \(key) -out \(certificate) -subj /CN=localhost"
            + " -addext subjectAltName=DNS:localhost 2>/dev/null"
        try #require(system(request) == 0)
        let port = ServerProcess.freePort()
        server = try #require(
            ServerProcess(
                "/usr/bin/openssl",
                [
                    "s_server", "-accept", "127.0.0.1:\(port)", "-www", "-key", key, "-cert",
                    certificate,
                ], port: port))
    }

    func status(of host: String, authorities: String?) throws -> Result<Int, HTTPError> {
        let client = try HTTPClient()
        var request = HTTPRequest("GET", "https://\(host):\(server.port)/")
        request.authorities = authorities
        let question = request
        return Result { () throws(HTTPError) in
            try client.send(question, limit: 100_000, until: stop).head.status
        }
    }

    @Test func onlyWhoIsTrusted() throws {
        let own = folder.path("certificate")
        #expect(try status(of: "localhost", authorities: own) == .success(200))
        #expect(
            try status(of: "localhost", authorities: nil)
                == .failure(.untrusted("its certificate is signed by itself")))
        #expect(
            try status(of: "127.0.0.1", authorities: own)
                == .failure(.untrusted("its certificate is another host's")))
        #expect(
            try status(of: "localhost", authorities: folder.path("nothing"))
                == .failure(.untrusted("the file of certificates can't be read")))
    }
}
