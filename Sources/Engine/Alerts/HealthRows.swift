import Alerting
import Events
import Queries

/// A rule's numbers of the way that the data takes: of streams, which have one row of no name, and
/// of consumer groups, which have a row per partition.
struct HealthRows {
    /// T is each multiple of it, of processing time.
    static let step = Nanoseconds.seconds(1)

    private let measures: [HealthMeasure]
    let keyNames: [String]
    let step: Int64
    /// The lag probe whose partitions are the groups.
    private let probe: Int?

    init(_ plan: RulePlan, readings: [ColumnReading]) {
        measures = readings.map { plan.measures[$0.column]! }
        probe = measures.lazy.compactMap { if case .lag(let i, _) = $0 { i } else { nil } }.first
        keyNames = probe == nil ? [] : LagMeasure.keyNames
        step = plan.every?.rawValue ?? Self.step.rawValue
    }

    func rows(at t: Timestamp, _ health: EngineHealth) -> RuleRows {
        var rows = RuleRows(width: measures.count)
        rows.isInReach = true
        guard let probe else {
            rows.append(Key([]), measures.map { health.value(of: $0, nil, at: t) })
            return rows
        }
        for group in health.groups(ofProbe: probe, at: t) {
            for partition in group.partitions {
                let key = Key([
                    .string(group.name), .string(partition.topic),
                    .number(Double(partition.partition)),
                ])
                let row = measures.map { health.value(of: $0, (group, partition), at: t) }
                rows.append(key, row)
            }
        }
        return rows
    }
}

/// What rules of health read: streams and consumer groups as they are, and the books as they were
/// in the last minute.
struct EngineHealth {
    let streams: [StreamIntake]
    let lag: ConsumerLag
    let minutes: [BooksMinute]

    func groups(ofProbe probe: Int, at t: Timestamp) -> [LagGroupSnapshot] {
        lag.snapshot(ofProbe: probe, at: t).groups
    }

    func value(
        of measure: HealthMeasure,
        _ place: (group: LagGroupSnapshot, partition: LagPartitionSnapshot)?, at t: Timestamp
    ) -> Double {
        switch measure {
        case .stream(let i, let measure): streams[i].value(of: measure, minutes[i], at: t) ?? .nan
        case .lag(_, let measure):
            place.flatMap { $0.partition.value(of: measure, age: $0.group.age) } ?? .nan
        }
    }
}

extension LagPartitionSnapshot {
    fileprivate func value(of measure: LagMeasure, age: Nanoseconds?) -> Double? {
        switch measure {
        case .lag: lag.map(Double.init)
        case .timeLag: timeLag.least?.inSeconds
        case .headroom: headroom.map(Double.init)
        case .bad: status > .warmingUp ? 1 : 0
        case .age: age?.inSeconds
        }
    }
}

extension TimeLag {
    /// How far behind it is for certain, or in the middle of what is known; nil: unknown.
    fileprivate var least: Nanoseconds? {
        switch self {
        case .exact(let time), .atLeast(let time), .bracketed(let time, _): time
        case .zero: .zero
        case .unknown: nil
        }
    }
}

extension StreamIntake {
    fileprivate func value(
        of measure: StreamMeasure, _ minute: BooksMinute, at t: Timestamp
    ) -> Double? {
        let former = minute.oldest
        func since(_ count: KeyPath<StreamBooks, UInt64>) -> Double {
            Double(books[keyPath: count] - former[keyPath: count])
        }
        switch measure {
        case .freshness: return lastEventAt.map { (t - $0).inSeconds }
        case .watermarkDelay:
            return clock.watermark == .min || clock.watermark == .max
                ? nil : (t - Timestamp(rawValue: clock.watermark)).inSeconds
        case .rate: return rate.rate(at: t)
        case .dropped: return since(\.dropped)
        case .late: return since(\.late)
        case .duplicates: return since(\.duplicate)
        case .deadLetters: return since(\.deadLettered)
        case .drift: return Double(drift.snapshot.count)
        case .sourcesDown: return Double(sources.down)
        }
    }
}

/// A stream's books at each of the last 61 whole seconds: what they count now less what they
/// counted then is what happened in the last minute.
struct BooksMinute {
    private static let span = Nanoseconds.seconds(60)
    private var samples: [(at: Timestamp, books: StreamBooks)] = []

    /// As they were a minute before the last sample, or at the first.
    var oldest: StreamBooks { samples.first?.books ?? StreamBooks() }

    mutating func take(_ books: StreamBooks, at t: Timestamp) {
        samples.removeAll { t - $0.at > Self.span }
        samples.append((t, books))
    }
}
