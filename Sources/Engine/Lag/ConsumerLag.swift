import Events

/// All consumer groups that the dashboard's probes ask about.
///
/// A value with one verb, like the engine that holds it: samples in, with the processing time at
/// which they were admitted; statuses and numbers out. A sample's own order of partitions changes
/// nothing. O(partitions) per sample.
package struct ConsumerLag: Sendable {
    private var probes: [LagProbe]
    private var strays: UInt64 = 0

    package init(_ plans: [LagPlan]) { probes = plans.map { LagProbe(plan: $0) } }

    package mutating func apply(_ sample: LagSample, at now: Timestamp) {
        guard probes.indices.contains(sample.probe) else {
            strays += 1
            return
        }
        probes[sample.probe].apply(sample, at: now)
    }

    func snapshot(ofProbe probe: Int, at now: Timestamp) -> LagProbeSnapshot {
        probes[probe].snapshot(at: now)
    }

    package func snapshot(at now: Timestamp) -> LagSnapshot {
        LagSnapshot(probes: probes.map { $0.snapshot(at: now) }, strays: strays)
    }
}

/// The groups that one probe has told of, by name. A full one lets go of the group that it has not
/// heard of for the longest time, if that is long enough; else a new one is refused.
private struct LagProbe: Sendable {
    let plan: LagPlan
    private var groups: [LagGroup] = []
    private var refused: UInt64 = 0

    init(plan: LagPlan) { self.plan = plan }

    mutating func apply(_ sample: LagSample, at now: Timestamp) {
        if let known = groups.firstIndex(where: { $0.name == sample.group }) {
            return groups[known].apply(sample.answer, at: now)
        }
        guard hasRoom(at: now) else {
            refused += 1
            return
        }
        var group = LagGroup(name: sample.group, rules: plan.rules)
        group.apply(sample.answer, at: now)
        groups.insert(group, at: groups.firstIndex { $0.name > group.name } ?? groups.count)
    }

    private mutating func hasRoom(at now: Timestamp) -> Bool {
        guard groups.count == LagRules.groupLimit else { return true }
        guard let oldest = groups.indices.min(by: { groups[$0].sampledAt < groups[$1].sampledAt }),
            now - groups[oldest].sampledAt > plan.rules.forgetAfter
        else { return false }
        groups.remove(at: oldest)
        return true
    }

    func snapshot(at now: Timestamp) -> LagProbeSnapshot {
        LagProbeSnapshot(
            name: plan.name, groups: groups.map { $0.snapshot(at: now) }, refusedSamples: refused)
    }
}
