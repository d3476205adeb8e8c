/// Where the reading of a source that keeps its records begins.
package enum StartPosition: Hashable, Sendable {
    case beginning
    case end
    /// The record of this number, in each partition.
    case offset(Int64)
    /// The first record at or after this instant.
    case time(Timestamp)
    /// The same, so long before weir began.
    case ago(Nanoseconds)
    /// The entry after the one of this name, in the broker's own words: `1714564800000-0`.
    case entry(String)
    /// So many records before the end.
    case last(Int)
}
