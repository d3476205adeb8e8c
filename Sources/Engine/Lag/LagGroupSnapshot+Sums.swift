extension LagGroupSnapshot {
    /// Makes the group's values from its partitions'.
    mutating func sumUp() {
        total = LagTotal(partitions: partitions.count)
        for partition in partitions {
            add(partition)
            resets += partition.resets
        }
        worst = partitions.indices.max { isBetter(partitions[$0], partitions[$1]) }
        status = worst.map { partitions[$0].status } ?? .noCommit
        reason = worst.map { partitions[$0].reason } ?? "the group has no partitions"
        if let i = worst, status == .ok, (partitions[i].lag ?? 0) == 0 { worst = nil }
    }

    /// Nobody answers: what is known stays as it was, and nothing is known to be well.
    mutating func disconnect(_ why: String) {
        status = .disconnected
        reason = why
        for i in partitions.indices {
            partitions[i].status = .disconnected
            partitions[i].reason = why
        }
    }

    private mutating func add(_ partition: LagPartitionSnapshot) {
        if let lag = partition.lag {
            let (sum, overflow) = total.lag.addingReportingOverflow(lag)
            total.lag = overflow ? .max : sum
            total.known += 1
        }
        if let consume = partition.consumeRate, let produce = partition.produceRate {
            consumeRate = (consumeRate ?? 0) + consume
            produceRate = (produceRate ?? 0) + produce
            rated += 1
        }
    }

    /// Of equal ones the first counts as worse, so that its name stays.
    private func isBetter(_ a: LagPartitionSnapshot, _ b: LagPartitionSnapshot) -> Bool {
        if a.status != b.status { return a.status < b.status }
        return (a.lag ?? -1) < (b.lag ?? -1)
    }
}
