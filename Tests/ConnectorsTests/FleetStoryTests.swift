import Events
import Testing

@testable import Connectors

@Suite struct FleetStoryTests {
    private static let story = ToldStory(.fleet, seconds: 130)
    private static let byDevice = Dictionary(grouping: story.records) { $0.text("device")! }

    @Test func theSharesAreAsSaid() {
        let story = Self.story
        #expect(Self.byDevice.count == 200)
        #expect(Set(story.records.map { $0.text("region")! }).count == 8)
        let all = Double(story.records.count + story.damaged + story.repeated)
        #expect((0.0001...0.0006).contains(Double(story.damaged) / all))
        // Five lines of each device that was away: ten ships, ten trucks, ten farms.
        #expect((130...150).contains(story.repeated))
    }

    /// A device's lines are in their order and whole, whatever happened to its connection; one in
    /// three thousand was damaged.
    @Test func eachDeviceIsInOrder() {
        for (device, records) in Self.byDevice {
            let numbers = records.map { $0.number("seq")! }
            #expect(numbers == numbers.sorted(), "\(device)")
            #expect(Double(records.count) > numbers.last! * 0.97, "\(device)")
            if device != "dev-138" {
                let isAscending = zip(records, records.dropFirst()).allSatisfy {
                    $0.time < $1.time
                }
                #expect(isAscending, "\(device)")
            }
        }
    }

    /// How long the longest silence of a device was, in seconds, and how many lines came in the
    /// second after it.
    private func silence(_ records: [StoryRecord]) -> (seconds: Double, burst: Int, kind: String) {
        var longest: (gap: Int64, end: Int64) = (0, 0)
        for (a, b) in zip(records, records.dropFirst()) where b.arrival - a.arrival > longest.gap {
            longest = (b.arrival - a.arrival, b.arrival)
        }
        let burst = records.count { (longest.end...(longest.end + 1000)).contains($0.arrival) }
        return (Double(longest.gap) / 1000, burst, records[0].text("kind")!)
    }

    /// Trucks are away for 15 to 20 s, farms for 25 to 35, ships for 45 to 55; then all that was
    /// kept comes at once.
    @Test func groupsGoOfflineAndComeBackWithABurst() {
        var away: [String: Int] = [:]
        for records in Self.byDevice.values {
            let (seconds, burst, kind) = silence(records)
            guard seconds > 5 else {
                #expect(burst <= 4)
                continue
            }
            away[kind, default: 0] += 1
            let ranges = ["truck": 14.5...21, "farm": 24.5...36, "ship": 44.5...56]
            #expect(ranges[kind]!.contains(seconds))
            #expect(burst >= min(90, Int(seconds * 2) - 8))
        }
        #expect(away == ["truck": 10, "farm": 10, "ship": 10])
    }

    /// By one watermark for all, thousands would be late; by a watermark for each device, none is.
    @Test func aWatermarkForEachDeviceLosesNothing() {
        var highest: Int64 = 0
        var byDevice: [String: Int64] = [:]
        var late = 0, lateByDevice = 0
        for record in Self.story.records where record.time < 400_000 {
            let device = record.text("device")!
            if record.time < highest - 5_000 { late += 1 }
            if record.time < byDevice[device, default: -10_000] - 5_000 { lateByDevice += 1 }
            highest = max(highest, record.time)
            byDevice[device] = max(byDevice[device, default: -10_000], record.time)
        }
        #expect(late > 1_500)
        #expect(lateByDevice == 0)
    }

    /// The rollout renames a field and changes the type of another, at some devices, for a while.
    @Test func firmwareChangesFields() {
        var updated: Set<String> = []
        var wrong = 0
        for record in Self.story.records {
            let isNew = record.text("firmware") == "3.0.0"
            if isNew { updated.insert(record.text("device")!) }
            let isRight =
                record.has("rssi") == isNew && record.has("signal") != isNew
                && (record.text("battery") != nil) == isNew
                && !(isNew && record.time < 53_000)
            if !isRight { wrong += 1 }
        }
        #expect(wrong == 0)
        #expect(updated.count == 67)
        let conditions = FleetConditions(seed: 1)
        let times = [(89.9, true), (149.9, true), (150, false), (239, false), (270, true)]
        for (time, isNew) in times {
            #expect(conditions.firmware(of: FleetDevice.all[0], at: time).isNew == isNew)
        }
    }

    @Test func uptimeStartsAnewWithAFirmware() {
        let conditions = FleetConditions(seed: 1)
        let device = FleetDevice.all[3]
        var last = conditions.firmware(of: device, at: 0).since
        for time in 1...600 {
            let (isNew, since) = conditions.firmware(of: device, at: Double(time))
            #expect(since <= Double(time) && since >= last)
            if isNew { #expect(since >= 60) }
            last = since
        }
    }

    @Test func twoClocksAreWrong() {
        for (device, records) in Self.byDevice {
            let errors = records.filter { $0.arrival < 11_000 || $0.arrival > 120_000 }
                .map { $0.arrival - $0.time }
            let behind: Int64 = device == "dev-043" ? 6_000 : 0
            #expect(errors.allSatisfy { (0...400).contains($0 - behind) }, "\(device)")
            let ahead = records.count { $0.time > $0.arrival + 3_600_000 }
            #expect(ahead == (device == "dev-138" ? 16 : 0), "\(device)")
        }
    }
}
