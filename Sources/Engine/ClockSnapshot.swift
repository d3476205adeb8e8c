import Events

/// Where a partition of a stream stands.
package struct PartitionSnapshot: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        case active, catchingUp = "catching up", idle, ended, disconnected
    }
    package var source: String
    package var partition: Int
    package var watermark: Timestamp
    package var state: State

    package init(source: String, partition: Int, watermark: Timestamp, state: State) {
        self.source = source
        self.partition = partition
        self.watermark = watermark
        self.state = state
    }
}

/// The clocks of a stream's keys, with `watermark_by`.
package struct KeyClocksSnapshot: Hashable, Sendable {
    /// Clocks listed at most; the counts are of all.
    package static let listed = 64

    /// What tells the keys apart.
    package var field: String
    package var active = 0
    package var catchingUp = 0
    package var idle = 0
    /// The one that holds the stream's watermark first, then those that are catching up, the idle
    /// and the active ones.
    package var clocks: [KeyClockSnapshot]

    package init(field: String, clocks: [KeyClockSnapshot] = []) {
        self.field = field
        self.clocks = clocks
    }

    init(_ clock: KeyClock, field: FieldPath) {
        self.init(field: field.name)
        let states = [PartitionSnapshot.State.catchingUp, .idle, .active]
        let found = states.map { clock.members(in: $0, atMost: Self.listed) }
        (catchingUp, idle, active) = (found[0].count, found[1].count, found[2].count)
        let holder = clock.holder
        let others = found.flatMap(\.first).filter { $0.value != holder?.value }
        let order = (holder.map { [$0] } ?? []) + others
        clocks = order.prefix(Self.listed).map {
            KeyClockSnapshot(
                value: $0.value, watermark: Timestamp(rawValue: $0.watermark), state: $0.state,
                lastEventAt: $0.lastEventAt)
        }
    }
}

package struct KeyClockSnapshot: Hashable, Sendable {
    package var value: Scalar
    package var watermark: Timestamp
    package var state: PartitionSnapshot.State
    /// Admission of its last event.
    package var lastEventAt: Timestamp

    package init(
        value: Scalar, watermark: Timestamp, state: PartitionSnapshot.State, lastEventAt: Timestamp
    ) {
        self.value = value
        self.watermark = watermark
        self.state = state
        self.lastEventAt = lastEventAt
    }
}

extension StreamSnapshot {
    /// The one that holds the watermark, where there are several: a partition, or a key with
    /// `watermark_by`. nil: nobody is active, or there is only one.
    package var holder: String? {
        if let clocks {
            guard clocks.active > 0, clocks.active + clocks.catchingUp + clocks.idle > 1 else {
                return nil
            }
            return clocks.clocks.first?.value.description
        }
        guard partitions.count > 1 else { return nil }
        let lowest = partitions.filter { $0.state == .active }.min { $0.watermark < $1.watermark }
        return lowest.map(name(of:))
    }

    /// `p3`, or the source's name where each has one partition.
    package func name(of partition: PartitionSnapshot) -> String {
        let isOneSource = partitions.allSatisfy { $0.source == partition.source }
        if isOneSource { return "p\(partition.partition)" }
        let file = partition.source.split(separator: "/").last.map(String.init) ?? partition.source
        let isAlone = partitions.count { $0.source == partition.source } == 1
        return isAlone ? file : "\(file) p\(partition.partition)"
    }
}
