/// Writes a JSON object whose names and strings need no escaping.
struct JSONLine {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    init() { bytes.reserveCapacity(448) }

    mutating func open(_ name: StaticString? = nil) {
        if let name { begin(name) }
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
    }

    mutating func close() {
        bytes.append(UInt8(ascii: "}"))
        isFirst = false
    }

    mutating func field(_ name: StaticString, _ number: Int64) {
        begin(name)
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(number.magnitude)
    }

    mutating func field(_ name: StaticString, _ text: String) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\""))
    }

    /// With two decimals.
    mutating func field(_ name: StaticString, _ number: Double) {
        begin(name)
        let hundredths = Int64((number * 100).rounded())
        if hundredths < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(hundredths.magnitude / 100)
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(ascii: "0") + UInt8(hundredths.magnitude / 10 % 10))
        bytes.append(UInt8(ascii: "0") + UInt8(hundredths.magnitude % 10))
    }

    private mutating func digits(_ number: UInt64) {
        if number >= 10 { digits(number / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    private mutating func begin(_ name: StaticString) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }
}
