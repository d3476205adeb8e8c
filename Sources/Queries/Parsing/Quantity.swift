import Events

/// A literal with a unit, `1.5s` or `4KiB`: exactly `digits` · 10^`power` nanoseconds or bytes.
struct Quantity {
    var dimension: Unit.Dimension
    /// The unit of a field that such a literal is likely to meet.
    var usualUnit: Unit
    private var digits: UInt128
    private var power: Int
    private var isNegative = false

    /// A decimal number and its unit, or a duration of several parts; nil for anything else, and
    /// for one of more than 25 digits.
    init?(_ text: String) {
        let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        if let unit = Self.units[String(text.dropFirst(number.count))] {
            let parts = number.split(separator: ".", omittingEmptySubsequences: false)
            let fraction = parts.count == 2 ? parts[1] : ""
            guard parts.count <= 2, let digits = UInt128(parts[0] + fraction),
                digits < 10_000_000_000_000_000_000_000_000
            else { return nil }
            self.init(unit.usual, digits * UInt128(unit.factor), unit.power - fraction.count)
        } else if let duration = parseDuration(text) {
            self.init(.seconds, UInt128(duration.rawValue), 0)
        } else {
            return nil
        }
    }

    private init(_ usual: Unit, _ digits: UInt128, _ power: Int) {
        self.usualUnit = usual
        self.dimension = usual.dimension
        self.digits = digits
        self.power = power
    }

    var negated: Quantity {
        var negated = self
        negated.isNegative.toggle()
        return negated
    }

    /// As a number of a unit of its dimension: the double that is nearest to it.
    func number(in unit: Unit) -> Double {
        let text = (isNegative ? "-" : "") + "\(digits)e\(power - unit.power)"
        guard let number = Double(text) else {
            preconditionFailure("digits with an exponent are a number")
        }
        return number
    }

    static let unitNames = Array(units.keys).sorted()

    /// Of each: factor · 10^power is its length in nanoseconds, or its size in bytes.
    private static let units: [String: (factor: Int64, power: Int, usual: Unit)] = [
        "ns": (1, 0, .nanoseconds), "us": (1, 3, .microseconds), "µs": (1, 3, .microseconds),
        "μs": (1, 3, .microseconds), "ms": (1, 6, .milliseconds), "s": (1, 9, .seconds),
        "m": (6, 10, .seconds), "h": (36, 11, .seconds), "d": (864, 11, .seconds),
        "B": (1, 0, .bytes), "kB": (1, 3, .bytes), "KB": (1, 3, .bytes), "MB": (1, 6, .bytes),
        "GB": (1, 9, .bytes), "TB": (1, 12, .bytes), "KiB": (1 << 10, 0, .bytes),
        "MiB": (1 << 20, 0, .bytes), "GiB": (1 << 30, 0, .bytes), "TiB": (1 << 40, 0, .bytes),
    ]
}
