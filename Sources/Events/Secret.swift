/// Where a secret is found: `${VARIABLE}` or `file:PATH`. The secret itself is read when it is
/// used, and is in no value that is shown, written or compared.
package enum Secret: Hashable, Sendable {
    case environment(String)
    case file(String)

    /// How one is written, for messages.
    package static let forms = "`${VARIABLE}` or `file:PATH`"

    /// Nil for anything else, a secret that is written out for instance.
    package init?(_ text: some StringProtocol) {
        if text.hasPrefix("file:"), text.utf8.count > 5 {
            self = .file(String(text.dropFirst(5)))
            return
        }
        guard text.hasPrefix("${"), text.hasSuffix("}") else { return nil }
        let name = text.dropFirst(2).dropLast()
        let isName = name.utf8.allSatisfy { byte in
            byte == 0x5F || 0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
        }
        guard isName, !name.isEmpty else { return nil }
        self = .environment(String(name))
    }

    /// As a dashboard writes it.
    package var written: String {
        switch self {
        case .environment(let name): "${\(name)}"
        case .file(let path): "file:\(path)"
        }
    }
}
