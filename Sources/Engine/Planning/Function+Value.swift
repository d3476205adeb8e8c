import Events
import Queries

extension Function {
    /// Of any function but `if`, by the rules that stand beside its name.
    func value(of x: [Scalar]) -> Scalar {
        switch self {
        case .contains, .startsWith, .endsWith:
            if case .bool(true) = text(x) { .bool(true) } else { .bool(false) }
        case .coalesce: x.first { $0 != .null } ?? .null
        case .concat: Self.joined(x)
        case .number: Self.number(x[0])
        case _ where takesNumbers: Scalar(number: number(of: x.map(\.numberOrNaN)))
        default: text(x)
        }
    }

    /// Of a function whose first argument is a text.
    private func text(_ x: [Scalar]) -> Scalar {
        guard case .string(let text) = x[0] else { return .null }
        switch self {
        case .lower: return .string(text.lowercased())
        case .upper: return .string(text.uppercased())
        case .trim: return .string(text.trimmed)
        case .length: return .number(Double(text.unicodeScalars.count))
        case .substring: return text.piece(x[1], x.count > 2 ? x[2] : nil)
        case .contains, .startsWith, .endsWith, .replace, .split:
            guard case .string(let other) = x[1] else { return .null }
            return compare(text, other, x.dropFirst(2).first)
        default: return .null
        }
    }

    private func compare(_ text: String, _ other: String, _ third: Scalar?) -> Scalar {
        let (whole, part) = (Array(text.utf8), Array(other.utf8))
        switch self {
        case .startsWith: return .bool(whole.starts(with: part))
        case .endsWith: return .bool(whole.reversed().starts(with: part.reversed()))
        case .contains: return .bool(part.isEmpty || whole.parts(between: part, limit: 2).count > 1)
        case .replace:
            guard case .string(let new) = third else { return .null }
            if part.isEmpty { return .string(text) }
            let joined = whole.parts(between: part).joined(separator: Array(new.utf8))
            return .string(String(decoding: Array(joined), as: UTF8.self))
        case .split:
            guard case .number(let place) = third, !part.isEmpty, place == place.rounded(),
                0...Double(whole.count) ~= place
            else { return .null }
            let parts = whole.parts(between: part, limit: Int(place) + 2)
            guard Int(place) < parts.count else { return .null }
            return .string(String(decoding: parts[Int(place)], as: UTF8.self))
        default: return .null
        }
    }

    private static func joined(_ x: [Scalar]) -> Scalar {
        x.contains(.null) ? .null : .string(x.map(\.description).joined())
    }

    private static func number(_ x: Scalar) -> Scalar {
        switch x {
        case .number: return x
        case .string(let text):
            let digits = text.trimmed
            guard digits.isJSONNumber, let number = Double(digits), number.isFinite else {
                return .null
            }
            return .number(number)
        case .null, .bool: return .null
        }
    }
}

extension Scalar {
    /// NaN is null.
    init(number x: Double) { self = x.isNaN ? .null : .number(x) }
}

extension String {
    fileprivate var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// The scalars from `start`, at most `length` of them; without it to the end.
    fileprivate func piece(_ start: Scalar, _ length: Scalar?) -> Scalar {
        let count = Double(unicodeScalars.count)
        guard case .number(let start) = start, start == start.rounded(), start >= 0 else {
            return .null
        }
        var most = count
        if let length {
            guard case .number(let n) = length, n == n.rounded(), n >= 0 else { return .null }
            most = n
        }
        let rest = unicodeScalars.dropFirst(Int(min(start, count)))
        return .string(String(rest.prefix(Int(min(most, count)))))
    }

    /// A number as JSON writes it.
    fileprivate var isJSONNumber: Bool {
        var rest = Substring(self).utf8
        func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
        /// Takes the digits; false where there are none.
        func digits() -> Bool {
            let digits = rest.prefix(while: isDigit)
            rest = rest.dropFirst(digits.count)
            return !digits.isEmpty
        }
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let whole = rest.prefix(while: isDigit)
        guard digits(), whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard digits() else { return false }
        }
        if let e = rest.first, e | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                rest.removeFirst()
            }
            guard digits() else { return false }
        }
        return rest.isEmpty
    }
}

extension [UInt8] {
    /// The stretches between the occurrences of `separator`, found from the left; at most `limit`,
    /// of which the last is then whatever is left. The separator isn't empty.
    fileprivate func parts(between separator: [UInt8], limit: Int = .max) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var at = 0
        while at + separator.count <= count, parts.count + 1 < limit {
            if self[at] == separator[0], self[at...].starts(with: separator) {
                parts.append(self[start..<at])
                at += separator.count
                start = at
            } else {
                at += 1
            }
        }
        parts.append(self[start...])
        return parts
    }
}
