import Events
import Queries

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What a value usually is: its mean and its variance, both exponentially weighted by time, and how
/// far a value lies from that.
///
/// With α = 1 − 2^(−Δt / half-life), and d the value less the mean: mean ← mean + α d,
/// variance ← (1 − α)(variance + α d²) (West 1979; Finch, "Incremental calculation of weighted mean
/// and variance", 2009). Robust to what it is to find: a value counts as no further away than
/// `reach` standard deviations (Huber's clipping), so an anomaly can't make itself usual in one
/// step, while a level that lasts becomes usual within a few half-lives. Until `warmUp` values have
/// come nothing is clipped, and there is no score. However long nothing has come, one value counts
/// no more than all before it (α ≤ `largestWeight`): after a gap what was usual is still known, and
/// so is how much it varies.
struct Baseline {
    static let warmUp = 30
    static let reach = 3.0
    static let largestWeight = 0.5
    /// The score of a value that differs from one that has never changed; the largest there is.
    static let limit = 1000.0

    private(set) var count = 0
    private var mean = 0.0
    private var variance = 0.0
    private(set) var updatedAt = Timestamp.beginning

    init() {}

    fileprivate init(_ memory: AlertMemory.Baseline) {
        (count, mean, variance) = (memory.count, memory.mean, memory.variance)
        updatedAt = memory.updatedAt
    }

    fileprivate func memory(reading: Int, key: Key) -> AlertMemory.Baseline {
        AlertMemory.Baseline(
            reading: reading, key: key, count: count, mean: mean, variance: variance,
            updatedAt: updatedAt)
    }

    /// The value's distance from the mean, in standard deviations of what came before; NaN while
    /// warming up and for NaN. Takes the value in.
    mutating func score(_ x: Double, at t: Timestamp, halfLife: Nanoseconds) -> Double {
        guard !x.isNaN else { return .nan }
        let (isWarm, distance) = (count >= Self.warmUp, x - mean)
        let deviation = variance.squareRoot()
        take(isWarm ? clipped(distance, deviation) : distance, at: t, halfLife)
        guard isWarm else { return .nan }
        if distance == 0 { return 0 }
        return max(-Self.limit, min(Self.limit, distance / deviation))
    }

    /// One that has never changed has to be able to begin to.
    private func clipped(_ distance: Double, _ deviation: Double) -> Double {
        deviation == 0
            ? distance : max(-Self.reach * deviation, min(Self.reach * deviation, distance))
    }

    private mutating func take(_ distance: Double, at t: Timestamp, _ halfLife: Nanoseconds) {
        count += 1
        let passed = updatedAt == .beginning ? 0 : (t - updatedAt).inSeconds
        updatedAt = t
        let weight = min(1 - exp2(-passed / halfLife.inSeconds), Self.largestWeight)
        // As long as that is more, all that have come count alike.
        let alpha = max(weight, 1 / Double(count))
        mean += alpha * distance
        variance = (1 - alpha) * (variance + alpha * distance * distance)
    }
}

/// The baselines of a rule: one per reading that asks for it, and group.
struct Baselines {
    private struct Place: Hashable {
        var reading: Int
        var key: Key
    }

    /// Of which places of a row, and with which half-life.
    private let readings: [(place: Int, halfLife: Nanoseconds)]
    private var all: [Place: Baseline] = [:]
    /// Evaluations of groups past the limit, which have no baseline.
    private(set) var unwatched: UInt64 = 0

    init(_ readings: [ColumnReading]) {
        self.readings = readings.enumerated().compactMap { place, reading in
            if case .anomaly(let halfLife) = reading.manner { (place, halfLife) } else { nil }
        }
    }

    var isEmpty: Bool { readings.isEmpty }

    /// Puts scores in place of values.
    mutating func score(_ rows: inout RuleRows, at t: Timestamp) {
        for (place, halfLife) in readings {
            let scores = zip(rows.keys, rows.columns[place]).map { key, value in
                score(value, Place(reading: place, key: key), at: t, halfLife)
            }
            rows.set(place, to: scores)
        }
    }

    private mutating func score(
        _ value: Double, _ place: Place, at t: Timestamp, _ halfLife: Nanoseconds
    ) -> Double {
        guard all[place] != nil || all.count < RuleState.groupLimit * readings.count else {
            unwatched += 1
            return .nan
        }
        return all[place, default: Baseline()].score(value, at: t, halfLife: halfLife)
    }

    /// In the order of readings and keys.
    var memory: [AlertMemory.Baseline] {
        all.map { $1.memory(reading: $0.reading, key: $0.key) }
            .sorted { ($0.reading, $0.key) < ($1.reading, $1.key) }
    }

    /// Takes over what a run before knew of what this rule reads.
    mutating func restore(_ memory: [AlertMemory.Baseline]) {
        let known = Set(readings.map(\.place))
        for baseline in memory.prefix(RuleState.groupLimit * readings.count)
        where known.contains(baseline.reading) {
            all[Place(reading: baseline.reading, key: baseline.key)] = Baseline(baseline)
        }
    }

    /// How many values the youngest has seen, while that is too few; nil: all can be asked.
    var warmedUp: Int? {
        readings.isEmpty
            ? nil : all.values.map(\.count).min().flatMap { $0 < Baseline.warmUp ? $0 : nil }
    }

    /// Lets go of groups of which nothing has come for so long that little is left to know.
    mutating func forget(at t: Timestamp) {
        guard all.count >= RuleState.groupLimit * max(1, readings.count) else { return }
        let longest = readings.map(\.halfLife).max() ?? .zero
        all = all.filter { (t - $0.value.updatedAt).inSeconds < 10 * longest.inSeconds }
    }
}
