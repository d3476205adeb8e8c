import Engine
import Events

/// What a run has led to so far, as one number: the same inputs give the same.
///
/// It is taken at each tick, so it costs little: everything that fired or changed goes into a chain
/// once, when it does, and at a tick the books, clocks and states as they stand are added. A
/// history or a key needs no look: it holds what has fired. At the end the last snapshot is hashed
/// whole.
struct RunDigest {
    /// Hashes of another version are of other things.
    static let version = 1

    /// Of all effects.
    private var chain = Digest()

    mutating func note(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .pane(let fired):
                chain.add(fired.view)
                chain.add(fired.pane, keys: fired.keys)
            case .alert(let rule, let change):
                chain.add(rule)
                chain.add(change)
            case .revision(let rule, let revision):
                chain.add(rule)
                chain.add("\(revision)")
            case .acted(let action): chain.add(action.words)
            case .attention(let place, let mute):
                chain.add("\(place)")
                chain.add(mute.map { "\($0)" } ?? "")
            case .trouble(let reason): chain.add(reason)
            }
        }
    }

    /// At a tick, or at any other input.
    func value(of snapshot: EngineSnapshot) -> UInt64 {
        var digest = chain
        digest.add(bearings: snapshot)
        return digest.value
    }

    /// Everything, history and running windows too.
    func wholeValue(of snapshot: EngineSnapshot) -> UInt64 {
        var digest = chain
        digest.add(bearings: snapshot)
        for stream in snapshot.streams { digest.add(whole: stream) }
        for view in snapshot.views { digest.add(whole: view) }
        for alert in snapshot.alerts {
            for change in alert.changes { digest.add(change) }
        }
        for group in snapshot.lag.probes.flatMap(\.groups) { digest.add(whole: group) }
        return digest.value
    }
}

// MARK: Effects

extension Digest {
    fileprivate mutating func add(_ pane: Pane, keys: [Key?]) {
        add(pane.start)
        add(pane.end)
        add(pane.kind.rawValue)
        add(pane.slots.count)
        for (row, slot) in pane.slots.enumerated() {
            add(keys.indices.contains(Int(slot)) ? keys[Int(slot)] : nil)
            add(pane.counts[row])
        }
        for column in pane.values {
            add(column.count)
            for value in column { add(value) }
        }
        for window in pane.replaces {
            add(window.lowerBound)
            add(window.upperBound)
        }
    }

    fileprivate mutating func add(_ change: AlertChange) {
        add(change.transition.from.rawValue)
        add(change.transition.to.rawValue)
        add(change.transition.at)
        add(change.groups.count)
        for group in change.groups { add(group) }
        add(change.value)
    }
}

// MARK: What stands at a tick

extension Digest {
    fileprivate mutating func add(bearings snapshot: EngineSnapshot) {
        add(snapshot.number)
        add(snapshot.now)
        add(snapshot.plan)
        for stream in snapshot.streams { add(stream) }
        for view in snapshot.views {
            add(view.books.aggregated)
            add(view.books.filtered)
            add(view.books.late)
            add(view.books.overflowed)
            add(view.books.matchLimits)
            add(view.overLimit)
            add(view.history.count)
        }
        for alert in snapshot.alerts { add(alert) }
        add(snapshot.lag.strays)
        for probe in snapshot.lag.probes {
            add(probe.refusedSamples)
            for group in probe.groups { add(group) }
        }
    }

    private mutating func add(_ stream: StreamSnapshot) {
        let books = stream.books
        for count in [
            books.received, books.deadLettered, books.duplicate, books.dropped, books.accepted,
            books.late, stream.disorder.events, stream.disorder.outOfOrder,
        ] { add(count) }
        add(stream.disorder.largest.rawValue)
        add(stream.watermark)
        add(stream.highestEventTime)
        add(stream.lastEventAt)
        add(stream.rate)
        add("\(stream.state)")
        for partition in stream.partitions {
            add(partition.source)
            add(partition.partition)
            add(partition.watermark)
            add(partition.state.rawValue)
        }
        add(stream.drifted.count)
        add(stream.latency.incomplete)
    }

    private mutating func add(_ alert: AlertSnapshot) {
        add(alert.phase.rawValue)
        add(alert.since)
        add(alert.evaluatedAt)
        add(alert.seen)
        add(alert.unwatched)
        add(alert.groups.count)
        for group in alert.groups {
            add(group.key)
            add(group.phase.rawValue)
            add(group.since)
            add(group.value)
            add(group.isKept)
        }
    }

    private mutating func add(_ group: LagGroupSnapshot) {
        add(group.name)
        add(group.status.rawValue)
        add(group.total.lag)
        add(group.total.known)
        add(group.resets)
        add(group.refused)
        for partition in group.partitions {
            add(partition.topic)
            add(partition.partition)
            add(partition.committed)
            add(partition.end)
            add(partition.lag)
            add(partition.status.rawValue)
        }
    }
}

// MARK: The rest

extension Digest {
    fileprivate mutating func add(whole stream: StreamSnapshot) {
        add(stream.name)
        for clock in stream.clocks?.clocks ?? [] {
            add(clock.value)
            add(clock.watermark)
            add(clock.state.rawValue)
            add(clock.lastEventAt)
        }
        for letter in stream.deadLetters {
            add(letter.reason.rawValue)
            add(letter.offset)
            add(letter.bytes)
        }
        for field in stream.drifted {
            add("\(field.field) \(field.change)")
            add(field.share)
            add(field.since)
        }
        for step in stream.latency.steps + [stream.latency.whole].compactMap({ $0 }) {
            add(step.skewed)
            add(step.largestSkew.rawValue)
            for distribution in [step.recent, step.total] {
                add(distribution.count)
                for value in [
                    distribution.p50, distribution.p95, distribution.p99, distribution.max,
                ] { add(value) }
            }
        }
    }

    fileprivate mutating func add(whole view: ViewSnapshot) {
        add(view.name)
        for (key, since) in zip(view.keys, view.keysSince) {
            add(key)
            add(since)
        }
        for pane in view.history + view.early { add(pane, keys: view.keys) }
    }

    fileprivate mutating func add(whole group: LagGroupSnapshot) {
        add(group.reason)
        for partition in group.partitions {
            add("\(partition.timeLag) \(partition.trend) \(partition.reason)")
            add(partition.consumeRate)
            add(partition.produceRate)
        }
        for point in group.history {
            add(point.at)
            add(point.total?.lag)
            add(point.largest)
        }
    }
}
