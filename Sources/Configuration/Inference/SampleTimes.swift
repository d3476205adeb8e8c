import Decoding
import Events

/// Which fields of a sample are times.
struct SampleTimes {
    var field: FieldPath
    var unit: TimeFormat.Unit?
    /// Of the records that have it, in their order.
    var times: [Int64]
    /// In the order in which events pass them, with the field itself; empty with fewer than two.
    var stages: [FieldPath]
    /// Every field that holds an instant near the event's; the field itself, too.
    private(set) var instants: Set<FieldPath>

    /// nil: no field is one.
    init?(_ chunk: Chunk, _ shape: SampleShape, _ profiles: [FieldProfile]) {
        var best: (score: Int, profile: FieldProfile, reading: Reading)?
        for profile in profiles where profile.isCommon {
            let score = Self.score(profile)
            guard score > best?.score ?? 0 else { continue }
            guard let reading = Self.read(profile, chunk, shape) else { continue }
            best = (score, profile, reading)
        }
        guard let best else { return nil }
        field = best.profile.path
        (times, unit) = best.reading
        stages = []
        instants = []
        useFinerField(chunk, shape, profiles)
        findStages(chunk, shape, profiles)
    }

    private typealias Reading = (times: [Int64], unit: TimeFormat.Unit?)

    /// nil: in more than a few records it is no time.
    private static func read(
        _ profile: FieldProfile, _ chunk: Chunk, _ shape: SampleShape
    ) -> Reading? {
        var decoder = RecordDecoder(
            fields: [], time: .field(profile.path, TimeFormat()), format: shape.format)
        let times = decoder.decode(chunk, latest: .end).times
        let isTime = times.count * 20 >= profile.records * 19 && times.allSatisfy(isPlausible)
        return isTime ? (times, decoder.unit) : nil
    }

    /// If the field is another one rounded down, events happen when that one says.
    private mutating func useFinerField(
        _ chunk: Chunk, _ shape: SampleShape, _ profiles: [FieldProfile]
    ) {
        let (others, batch) = readOthers(chunk, shape, profiles)
        for (profile, column) in zip(others, batch.columns)
        where Self.isRoundedDown(batch.times, of: column.times) {
            guard let reading = Self.read(profile, chunk, shape) else { continue }
            field = profile.path
            (times, unit) = reading
            return
        }
    }

    /// The other fields as times, next to this one.
    private func readOthers(
        _ chunk: Chunk, _ shape: SampleShape, _ profiles: [FieldProfile]
    ) -> ([FieldProfile], ColumnBatch) {
        let others = profiles.filter { $0.isCommon && $0.path != field }
        var decoder = RecordDecoder(
            fields: others.map { FieldUse(path: $0.path, asTime: true) },
            time: .field(field, TimeFormat(unit: unit)), format: shape.format)
        return (others, decoder.decode(chunk, latest: .end))
    }

    /// Whether in every record the one is the other without what is below the second.
    private static func isRoundedDown(_ coarse: [Int64], of fine: [Int64]) -> Bool {
        guard !fine.isEmpty, coarse != fine, !fine.contains(.min) else { return false }
        return zip(coarse, fine).allSatisfy { $1 >= 0 && $0 == $1 - $1 % 1_000_000_000 }
    }

    private static func isPlausible(_ time: Int64) -> Bool {
        631_152_000_000_000_000..<4_102_444_800_000_000_000 ~= time
    }

    /// By the name; a date is one whatever it is called.
    private static func score(_ profile: FieldProfile) -> Int {
        let name = profile.words.joined()
        switch name {
        case "ts", "timestamp", "eventtime", "time": return 10
        case "realtimetimestamp": return 9
        case "sourcerealtimetimestamp": return 8
        case "datetime", "date", "t", "at", "when", "timelocal", "timeiso8601", "msec": return 7
        default: break
        }
        if name.hasSuffix("timestamp") || name.hasSuffix("ts") || name.hasSuffix("at") { return 5 }
        if name.contains("time") || name.contains("date") { return 3 }
        return profile.texts * 2 > profile.present ? 1 : profile.path.steps.count > 1 ? 1 : 0
    }

    /// Fields with times that lie within an hour of the event's, by how long after it they are;
    /// but not the event's own, rounded down.
    private mutating func findStages(
        _ chunk: Chunk, _ shape: SampleShape, _ profiles: [FieldProfile]
    ) {
        let (others, batch) = readOthers(chunk, shape, profiles)
        var found: [(path: FieldPath, distance: Int64)] = []
        for (profile, column) in zip(others, batch.columns) {
            guard let distance = Self.distance(of: column.times, from: batch.times) else {
                continue
            }
            instants.insert(profile.path)
            if Self.isRoundedDown(column.times, of: batch.times) { continue }
            found.append((profile.path, distance))
        }
        instants.insert(field)
        // The same instant under another name is no stage.
        if !found.contains(where: { $0.distance == 0 }) { found.append((field, 0)) }
        guard found.count > 1, found.count <= DashboardReader.stageLimit else { return }
        stages = found.enumerated().sorted {
            ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
        }
        .map(\.element.path)
    }

    /// How long after the event they usually are; nil unless nearly all are within an hour of it.
    private static func distance(of times: [Int64], from events: [Int64]) -> Int64? {
        let near = zip(times, events).compactMap { time, event -> Int64? in
            let (distance, overflow) = time.subtractingReportingOverflow(event)
            let isNear = time != .min && !overflow && distance.magnitude < 3_600_000_000_000
            return isNear ? distance : nil
        }
        guard !near.isEmpty, near.count * 20 >= events.count * 19 else { return nil }
        return near.sorted()[near.count / 2]
    }

    /// The largest step back in the order of the records.
    var disorder: Nanoseconds {
        var highest = Int64.min
        var largest: Int64 = 0
        for time in times {
            highest = max(highest, time)
            largest = max(largest, highest - time)
        }
        return Nanoseconds(rawValue: largest)
    }

    /// The mean from one record to the next.
    var meanSpacing: Nanoseconds {
        let span = (times.max() ?? 0) - (times.min() ?? 0)
        return Nanoseconds(rawValue: span / Int64(max(1, times.count)))
    }

    /// The usual distance of one instant to the next: a single long pause doesn't count.
    var usualSpacing: Nanoseconds {
        let instants = Set(times).sorted()
        let gaps = zip(instants.dropFirst(), instants).map { $0 - $1 }.sorted()
        return Nanoseconds(rawValue: gaps.isEmpty ? 0 : gaps[gaps.count / 2])
    }
}
