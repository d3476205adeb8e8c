import Events

extension Nanoseconds {
    /// An offset from UTC: `+02:00`, `-05:30`, at most 14 hours; nil if `offset` is none.
    init?(offset: String) {
        let bytes = Array(offset.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":") else { return nil }
        let isWest = bytes[0] == UInt8(ascii: "-")
        guard isWest || bytes[0] == UInt8(ascii: "+") else { return nil }
        let digits = [bytes[1], bytes[2], bytes[4], bytes[5]].map { Int64($0) - 0x30 }
        guard digits.allSatisfy({ 0...9 ~= $0 }) else { return nil }
        let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        let total = hours * 60 + minutes
        guard minutes < 60, total <= 14 * 60 else { return nil }
        self = .seconds((isWest ? -total : total) * 60)
    }

    /// As `init(offset:)` reads it.
    var writtenAsOffset: String {
        let minutes = rawValue.magnitude / 60_000_000_000
        func two(_ n: UInt64) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return (rawValue < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
    }
}

extension Nanoseconds {
    /// As a dashboard writes it: in the largest unit up to hours that needs no fraction.
    var written: String {
        let units: [(name: String, length: Int64)] = [
            ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
            ("ms", 1_000_000), ("us", 1000),
        ]
        if self == .zero { return "0s" }
        for unit in units where rawValue % unit.length == 0 {
            return "\(rawValue / unit.length)\(unit.name)"
        }
        return "\(rawValue)ns"
    }
}
