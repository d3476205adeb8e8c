import CNcurses
import Glibc

/// String capabilities of the terminal that ncurses drives now.
enum Capability {
    /// `nil` when the terminal hasn't got it.
    static func string(_ name: String) -> UnsafePointer<CChar>? {
        guard let found = tigetstr(name), Int(bitPattern: found) != -1 else { return nil }
        return UnsafePointer(found)
    }

    /// The bytes to send, empty when the terminal hasn't got it. Delays are left out: no terminal
    /// of this century needs them.
    static func bytes(_ name: String) -> [UInt8] {
        string(name).map(withoutDelays) ?? []
    }

    /// The bytes that move the cursor; both count from 0.
    static func cursorAddress(row: Int, column: Int) -> [UInt8] {
        guard let cup = string("cup"),
            let address = cncurses_cursor_address(cup, Int32(row), Int32(column))
        else { return [] }
        return withoutDelays(address)
    }

    /// A delay is `$<…>`.
    private static func withoutDelays(_ text: UnsafePointer<CChar>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = UnsafeBufferPointer(start: text, count: strlen(text)).map {
            UInt8(bitPattern: $0)
        }[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "<"),
                let end = rest.firstIndex(of: UInt8(ascii: ">"))
            else {
                bytes.append(byte)
                continue
            }
            rest = rest[(end + 1)...]
        }
        return bytes
    }
}
