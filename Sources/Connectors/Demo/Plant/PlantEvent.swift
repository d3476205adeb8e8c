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
