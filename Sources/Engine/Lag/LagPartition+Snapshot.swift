extension LagPartition {
    func snapshot(_ rules: LagRules, members: Int?) -> LagPartitionSnapshot {
        let verdict = missingSince == nil ? verdict(rules, members: members) : .leftOut
        var snapshot = LagPartitionSnapshot(
            topic: place.topic, partition: place.partition, committed: offsets.committed,
            logStart: offsets.logStart, end: offsets.end, status: verdict.status,
            reason: verdict.reason, answeredAt: answeredAt)
        snapshot.commitsSeen = commits.samples.count
        snapshot.resets = resets
        guard missingSince == nil else { return snapshot }
        snapshot.lag = lag
        snapshot.timeLag = timeLag
        snapshot.trend = polls.trend(of: lag)
        snapshot.consumeRate = polls.rates?.consume
        snapshot.produceRate = polls.rates?.produce
        snapshot.headroom = headroom
        snapshot.share = share
        snapshot.isBeyondEnd = isBeyondEnd
        return snapshot
    }
}

extension LagVerdict {
    fileprivate static let leftOut = LagVerdict(
        status: .disconnected, reason: "the last answer left it out")
}
