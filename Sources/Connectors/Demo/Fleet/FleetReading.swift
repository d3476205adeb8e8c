/// One reading of a device, written as a line of JSON.
///
/// Firmware 3.0.0 calls `signal` `rssi`, and writes the battery's percentage as text.
struct FleetReading: Sendable {
    var device: FleetDevice
    /// Epoch milliseconds by the device's clock.
    var time: Int64
    /// Counts the device's readings, from 1.
    var sequence: Int64
    var temperature: Double
    /// Percent.
    var battery: Double
    /// dBm.
    var signal: Int64
    var isNewFirmware: Bool
    var uptime: Int64

    /// Without the newline.
    var line: [UInt8] {
        var line = JSONLine()
        line.open()
        line.field("ts", time)
        line.field("id", "\(device.name)-\(sequence)")
        line.field("device", device.name)
        line.field("region", FleetDevice.regions[device.region])
        line.field("kind", device.kind.rawValue)
        line.field("temperature", temperature)
        if isNewFirmware {
            line.field("battery", "\(Int(battery))%")
            line.field("rssi", signal)
        } else {
            line.field("battery", battery)
            line.field("signal", signal)
        }
        line.field("firmware", isNewFirmware ? "3.0.0" : "2.4.1")
        line.field("uptime_s", uptime)
        line.field("seq", sequence)
        line.close()
        return line.bytes
    }
}
