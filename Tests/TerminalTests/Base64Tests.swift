import Foundation
import Testing

@testable import Terminal

@Suite struct Base64Tests {
    @Test(
        "the examples of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func examples(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == Array(encoded.utf8))
    }

    @Test func everyByteInEveryPlace() {
        for shift in 0..<3 {
            let bytes = (0..<256 + shift).map { UInt8(truncatingIfNeeded: $0) }
            #expect(Data(base64Encoded: Data(Base64.encode(bytes))) == Data(bytes))
        }
    }

    /// xterm takes 100,000 bytes of encoded text.
    @Test func theCopyLimit() {
        let longest = [UInt8](repeating: 0, count: Terminal.copyLimit)
        #expect(Base64.encode(longest).count <= 100_000)
    }
}
