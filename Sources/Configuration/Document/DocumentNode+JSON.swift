extension DocumentNode {
    /// The tree as JSON on one line. Plain text that JSON would read as a number or a truth value
    /// is one, as YAML itself has it; text in quotes is text.
    var json: String {
        switch content {
        case .nothing: "null"
        case .scalar("true", .plain): "true"
        case .scalar("false", .plain): "false"
        case .scalar(let text, .plain) where isJSONNumber(text): text
        case .scalar(let text, _): jsonText(text)
        case .list(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
        case .mapping(let entries, _):
            "{" + entries.map { jsonText($0.key) + ":" + $0.value.json }.joined(separator: ",")
                + "}"
        }
    }
}

/// RFC 8259: `-`, digits without a leading zero, a fraction, an exponent.
private func isJSONNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    func digits() -> Int {
        let digits = rest.prefix { "0"..."9" ~= $0 && $0.isASCII }
        rest = rest.dropFirst(digits.count)
        return digits.count
    }
    if rest.first == "-" { rest.removeFirst() }
    let isZero = rest.first == "0"
    let whole = digits()
    guard whole == 1 || (whole > 1 && !isZero) else { return false }
    if rest.first == "." {
        rest.removeFirst()
        guard digits() > 0 else { return false }
    }
    if rest.first == "e" || rest.first == "E" {
        rest.removeFirst()
        if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
        guard digits() > 0 else { return false }
    }
    return rest.isEmpty
}

private func jsonText(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case _ where scalar.value < 0x20:
            let hex = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
