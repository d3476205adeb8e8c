/// One event of the plant, written as a line of JSON.
struct PlantEvent: Sendable {
    /// Epoch milliseconds at which it was created, and with it happened.
    var created: Int64
    var number: UInt64
    var machine: Int
    var type: String
    var temperature: Double
    var vibration: Double
    /// Milliseconds from the machine to the store.
    var latency: Double
    var status: String

    /// Without the newline.
    var line: [UInt8] {
        let way = Int64(latency.rounded())
        var line = JSONLine()
        line.open()
        line.field("ts", created)
        line.field("id", "plant-\(number)")
        line.field("site", PlantSite.all[machine % PlantSite.all.count].name)
        line.field("machine", PlantMachine.names[machine])
        line.field("type", type)
        line.field("temperature", temperature)
        line.field("vibration", vibration)
        line.field("latency_ms", latency)
        line.field("status", status)
        line.open("stages")
        line.field("created", created)
        line.field("broker", created + way / 5)
        line.field("processed", created + way * 4 / 5)
        line.field("stored", created + way)
        line.close()
        line.close()
        return line.bytes
    }
}

/// Writes a JSON object whose names and strings need no escaping.
private struct JSONLine {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    init() { bytes.reserveCapacity(320) }

    mutating func open(_ name: StaticString? = nil) {
        if let name { begin(name) }
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
    }

    mutating func close() { bytes.append(UInt8(ascii: "}")) }

    mutating func field(_ name: StaticString, _ number: Int64) {
        begin(name)
        bytes.append(contentsOf: String(number).utf8)
    }

    mutating func field(_ name: StaticString, _ text: String) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Not negative; with two decimals.
    mutating func field(_ name: StaticString, _ number: Double) {
        begin(name)
        let hundredths = Int((number * 100).rounded())
        bytes.append(contentsOf: String(hundredths / 100).utf8)
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(ascii: "0") + UInt8(hundredths / 10 % 10))
        bytes.append(UInt8(ascii: "0") + UInt8(hundredths % 10))
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
