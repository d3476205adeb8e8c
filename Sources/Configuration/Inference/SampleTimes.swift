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

    /// nil: no field is one.
    init?(_ chunk: Chunk, _ shape: SampleShape, _ profiles: [FieldProfile]) {
        var best: (score: Int, profile: FieldProfile, times: [Int64], unit: TimeFormat.Unit?)?
        for profile in profiles where profile.isCommon {
            let score = Self.score(profile)
            guard score > best?.score ?? 0 else { continue }
            var decoder = RecordDecoder(
                fields: [], time: .field(profile.path, TimeFormat()), format: shape.format)
            let times = decoder.decode(chunk, latest: .end).times
            guard times.count * 20 >= profile.records * 19, times.allSatisfy(Self.isPlausible)
            else { continue }
            best = (score, profile, times, decoder.unit)
        }
        guard let best else { return nil }
        field = best.profile.path
        unit = best.unit
        times = best.times
        stages = []
        stages = findStages(chunk, shape, profiles)
    }

    private static func isPlausible(_ time: Int64) -> Bool {
        631_152_000_000_000_000..<4_102_444_800_000_000_000 ~= time
    }

    /// By the name; a date is one whatever it is called.
    private static func score(_ profile: FieldProfile) -> Int {
        let name = profile.name.filter { $0 != "@" && $0 != "_" && $0 != "-" }
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

    /// Fields with times that lie within an hour of the event's, by how long after it they are.
    private func findStages(
        _ chunk: Chunk, _ shape: SampleShape, _ profiles: [FieldProfile]
    ) -> [FieldPath] {
        let others = profiles.filter { $0.isCommon && $0.path != field }
        var decoder = RecordDecoder(
            fields: others.map { FieldUse(path: $0.path, asTime: true) },
            time: .field(field, TimeFormat(unit: unit)), format: shape.format)
        let batch = decoder.decode(chunk, latest: .end)
        var found: [(path: FieldPath, distance: Int64)] = []
        for (profile, column) in zip(others, batch.columns) {
            let distances = zip(column.times, batch.times).filter { $0.0 != .min }.map {
                $0.0.subtractingReportingOverflow($0.1)
            }
            let near = distances.filter {
                !$0.overflow && $0.partialValue.magnitude < 3_600_000_000_000
            }
            guard near.count * 20 >= profile.records * 19 else { continue }
            found.append((profile.path, near.map(\.partialValue).sorted()[near.count / 2]))
        }
        // The same instant under another name is no stage.
        if !found.contains(where: { $0.distance == 0 }) { found.append((field, 0)) }
        guard found.count > 1, found.count <= DashboardReader.stageLimit else { return [] }
        return found.enumerated().sorted {
            ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
        }
        .map(\.element.path)
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

    var span: Nanoseconds {
        Nanoseconds(rawValue: (times.max() ?? 0) - (times.min() ?? 0))
    }
}
