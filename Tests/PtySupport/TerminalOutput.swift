/// What a program that draws has written, read as a terminal reads it.
package struct TerminalOutput {
    /// The private modes that were set or reset, as they stand at the end.
    package private(set) var modes: [Int: Bool] = [:]
    /// What no such program writes: strings, controls, modes that are nobody's business here.
    package private(set) var violations: [String] = []

    /// Application keys, wrapping, blinking, the cursor, mouse buttons and their SGR form, the
    /// alternate screen, synchronized output.
    private static let known: Set<Int> = [1, 7, 12, 25, 1000, 1006, 1049, 2026]
    /// Cursor, erasing, inserting, scrolling, looks, margins.
    private static let finals = Set("ABCDGHJKLMPSTXZ@bdfmr".unicodeScalars)

    /// CAN ends a sequence that a crash has cut.
    private static let cancel: Unicode.Scalar = "\u{18}"

    private var rest: Substring.UnicodeScalarView

    package init(_ bytes: [UInt8]) {
        rest = Substring(String(decoding: bytes, as: UTF8.self)).unicodeScalars
        while let scalar = rest.popFirst() { read(scalar) }
    }

    /// Whether the terminal is left as it was: its first screen, its cursor, no mouse.
    package var isGivenBack: Bool {
        modes[25] != false && modes.allSatisfy { [1, 7, 12, 25].contains($0.key) || !$0.value }
    }

    private mutating func read(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x1B: readEscape()
        case 0x08, 0x09, 0x0A, 0x0D, 0x0E, 0x0F, 0x18: break
        case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069:
            violations.append("U+" + String(scalar.value, radix: 16))
        default: break
        }
    }

    private mutating func readEscape() {
        guard let kind = rest.popFirst() else { return violations.append("ESC at the end") }
        switch kind {
        case "[": readControlSequence()
        case "(", ")": _ = rest.popFirst()
        case "=", ">", "7", "8", "D", "M", Self.cancel: break
        default: violations.append("ESC \(kind.value)")
        }
    }

    private mutating func readControlSequence() {
        var parameters = ""
        while let scalar = rest.popFirst(), scalar != Self.cancel {
            if (0x20...0x3F).contains(scalar.value) {
                parameters.unicodeScalars.append(scalar)
                continue
            }
            return act(parameters, scalar)
        }
    }

    private mutating func act(_ parameters: String, _ final: Unicode.Scalar) {
        let isSet = final == "h"
        if parameters.hasPrefix("?"), isSet || final == "l" {
            for number in parameters.dropFirst().split(separator: ";").compactMap({ Int($0) }) {
                modes[number] = isSet
                if !Self.known.contains(number) { violations.append("mode \(number)") }
            }
        } else if final == "t", ["22;0;0", "23;0;0"].contains(parameters) {
            // xterm's entry keeps the title while another screen is shown.
        } else if ["4", "34"].contains(parameters), isSet || final == "l" {
            // Insert mode, which ncurses leaves at its end; the cursor of screen and tmux.
        } else if final == "c", parameters.hasPrefix("?") {
            // The Linux console's cursor.
        } else if !Self.finals.contains(final)
            || !parameters.allSatisfy({ "0123456789;:".contains($0) })
        {
            violations.append("CSI \(parameters)\(final)")
        }
    }
}
