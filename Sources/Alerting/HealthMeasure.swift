import Queries

/// What a rule can ask about the way that the data takes, rather than about the data: it is
/// evaluated on processing time.
package enum HealthMeasure: Hashable, Sendable {
    /// Of the stream of this index; one group, of no name.
    case stream(Int, StreamMeasure)
    /// Of the consumer groups of the lag probe of this index.
    case lag(Int, LagMeasure)
}

/// A number of a stream's health. Counts are those of the last minute.
package enum StreamMeasure: String, CaseIterable, Hashable, Sendable {
    /// Seconds since the last event was admitted; null before the first.
    case freshness
    /// Seconds from the watermark to now; null before there is one.
    case watermarkDelay = "watermark_delay"
    /// Events accepted per second.
    case rate
    case dropped, late, duplicates
    case deadLetters = "dead_letters"
    /// Fields that have vanished or changed their type.
    case drift
    /// Sources that can't be read now.
    case sourcesDown = "sources_down"

    package var unit: Unit? {
        switch self {
        case .freshness, .watermarkDelay: .seconds
        default: nil
        }
    }
}

/// A number of a partition that a consumer group reads; null where it isn't known.
package enum LagMeasure: String, CaseIterable, Hashable, Sendable {
    /// Records, and seconds, that it is behind.
    case lag
    case timeLag = "time_lag"
    /// Records between the commit and the oldest one that is kept; negative: lost.
    case headroom
    /// 1 while the status is worse than OK and WARMING UP, else 0.
    case bad
    /// Seconds since the broker's last answer.
    case age

    /// What names its groups.
    package static let keyNames = ["group", "topic", "partition"]

    package var unit: Unit? {
        switch self {
        case .timeLag, .age: .seconds
        default: nil
        }
    }
}
