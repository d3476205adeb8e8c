import Events

/// The simulated fleet: 200 devices, each with two readings a second.
///
/// A device without a connection goes on reading. When it is back it sends again the last five
/// lines from before, for which it got no answer, and then what it has kept, a hundred lines a
/// second, oldest first; so a device's new lines are always in their order, and only between
/// devices is there disorder: 0.2 s of it at most while all are connected. Of the lines 0.03 % are
/// damaged.
struct FleetStory: DemoStory {
    /// Steps between two readings of a device.
    private static let interval: Int64 = 50
    private static let mishaps = Mishaps(damaged: 0.0003)

    private let conditions: FleetConditions
    private var random: SeededGenerator
    /// By device: its outbox, and how many readings it has made.
    private var outboxes = Array(repeating: FleetOutbox(), count: FleetDevice.count)
    private var sequences = Array(repeating: Int64(0), count: FleetDevice.count)

    init(seed: UInt64) {
        conditions = FleetConditions(seed: seed)
        random = SeededGenerator(seed: seed)
    }

    mutating func tell(_ step: StoryStep, into lines: inout LinesUnderway) {
        var sent: [[UInt8]] = []
        for device in FleetDevice.all {
            let isDue = (step.number + Int64(device.own(50))) % Self.interval == 0
            guard isDue || !outboxes[device.index].isEmpty else { continue }
            if isDue { outboxes[device.index].keep(reading(of: device, step).line) }
            if conditions.isOffline(device, at: step.seconds) {
                outboxes[device.index].disconnect()
            } else {
                outboxes[device.index].send(into: &sent)
            }
        }
        for (i, line) in sent.enumerated() {
            lines.send(line, at: step.time(of: i, of: sent.count), Self.mishaps, &random)
        }
    }

    private mutating func reading(of device: FleetDevice, _ step: StoryStep) -> FleetReading {
        let time = step.seconds
        let firmware = conditions.firmware(of: device, at: time)
        let transport = Int64(20 + device.own(180))
        let now = floorDiv(step.start, 1_000_000)
        sequences[device.index] += 1
        return FleetReading(
            device: device, time: now - transport + conditions.clockError(of: device, at: time),
            sequence: sequences[device.index],
            temperature: conditions.temperature(of: device, at: time) + 0.4 * random.noise(),
            battery: battery(of: device, at: time),
            signal: Int64(-60 - device.own(40) - random.below(6)),
            isNewFirmware: firmware.isNew, uptime: Int64(time - firmware.since))
    }

    /// Falls from full to a fifth in half an hour to an hour, and is full again.
    private func battery(of device: FleetDevice, at time: Double) -> Double {
        let period = Double(1_800 + device.own(1_800))
        return 100
            - 80 * StoryShape.phase(of: time + Double(device.own(1_700)), in: period) / period
    }
}
