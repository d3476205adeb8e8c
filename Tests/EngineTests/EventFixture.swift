import Alerting
import Events
import Queries

@testable import Engine

/// An event as tests write it: a time in milliseconds, a key, and a number.
struct TestEvent: Hashable {
    var time: Int64
    var key: String
    var x: Double
}

/// The same sequence for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// One stream `s` and one view on it, fed with batches made by hand.
struct EngineFixture {
    var engine: Engine
    var fields: [FieldUse]
    var number: UInt64 = 0
    var offset: Int64 = 0
    var panes: [FiredPane] = []
    var alerts: [AlertChange] = []
    var revisions: [Revision] = []

    init(
        query: Query, bounded: Bool = true, keyLimit: Int = ViewPlan.defaultKeyLimit,
        alerts: [RulePlan] = [],
        _ change: (inout StreamRules) -> Void = { _ in }
    ) {
        var rules = StreamRules(name: "s", isBounded: bounded)
        change(&rules)
        var view = ViewPlan(name: "v", stream: 0, query: query)
        view.keyLimit = keyLimit
        let plan = EnginePlan(streams: [rules], views: [view], rules: alerts)
        engine = Engine(plan: plan)
        fields = plan.fields(ofStream: 0)
        apply(.source(SourceChange(stream: 0, source: "t", state: .opened(partitions: [0]))))
    }

    mutating func apply(_ content: EngineInput.Content, at now: Int64 = 0) {
        number += 1
        let received = Timestamp(rawValue: now * 1_000_000 + Int64(number))
        let effects = engine.apply(
            EngineInput(number: number, receivedAt: received, content: content))
        for effect in effects {
            switch effect {
            case .pane(let pane): panes.append(pane)
            case .alert(_, let change): alerts.append(change)
            case .revision(_, let revision): revisions.append(revision)
            case .trouble, .attention, .acted: break
            }
        }
    }

    /// One chunk with these events.
    mutating func send(_ events: [TestEvent], partition: Int = 0, at now: Int64 = 0) {
        var batch = ColumnBatch(
            stream: 0, origin: Origin(source: "t", partition: partition), firstOffset: offset,
            receivedAt: Timestamp(rawValue: now * 1_000_000))
        offset += Int64(events.count)
        batch.columns = fields.map { column($0, events) }
        for (i, event) in events.enumerated() {
            batch.times.append(event.time * 1_000_000)
            batch.lines.append(UInt32(i))
        }
        apply(.batch(batch), at: now)
    }

    mutating func end() {
        apply(.source(SourceChange(stream: 0, source: "t", state: .ended)))
    }

    /// `key`, or `x`.
    private func column(_ use: FieldUse, _ events: [TestEvent]) -> Column {
        var column = Column()
        for event in events {
            let isKey = use.path.name == "key"
            let value: Scalar = isKey ? .string(event.key) : .number(event.x)
            column.kinds.append(isKey ? .string : event.x.isNaN ? .missing : .number)
            if use.asNumber { column.numbers.append(isKey ? .nan : event.x) }
            guard use.asCode else { continue }
            let known = column.dictionary.firstIndex(of: value) ?? column.dictionary.count
            if known == column.dictionary.count { column.dictionary.append(value) }
            column.codes.append(UInt32(known))
        }
        return column
    }

    var snapshot: EngineSnapshot { engine.snapshot() }
}

extension Query {
    /// `count(), sum(x), avg(x), min(x), max(x), p50(x) by key over …` in milliseconds.
    static func all(size: Int64, hop: Int64) -> Query {
        let x = Expression.field(FieldPath("x"))
        return Query(
            aggregates: [
                Aggregate(function: .count, name: "count"),
                Aggregate(function: .sum, argument: x, name: "sum"),
                Aggregate(function: .avg, argument: x, name: "avg"),
                Aggregate(function: .min, argument: x, name: "min"),
                Aggregate(function: .max, argument: x, name: "max"),
                Aggregate(function: .quantile(0.5), argument: x, name: "p50"),
            ], keys: [FieldPath("key")],
            window: Window(size: .milliseconds(size), hop: .milliseconds(hop)))
    }

    /// `count() by key over …` in milliseconds.
    static func count(size: Int64, hop: Int64) -> Query {
        Query(
            aggregates: [Aggregate(function: .count, name: "count")], keys: [FieldPath("key")],
            window: Window(size: .milliseconds(size), hop: .milliseconds(hop)))
    }
}

/// A pane's row as a test compares it.
struct TestRow: Hashable, CustomStringConvertible {
    var start: Int64
    var key: String
    var count: UInt64
    var values: [Double?]

    var description: String { "\(start) \(key) n=\(count) \(values)" }
}

extension [FiredPane] {
    /// Rows with events, of one kind, in the order of windows and keys.
    func rows(_ kind: Pane.Kind) -> [TestRow] {
        filter { $0.pane.kind == kind }.flatMap { fired in
            fired.pane.slots.indices.filter { fired.pane.counts[$0] > 0 }.map { i in
                TestRow(
                    start: floorDiv(fired.pane.start.rawValue, 1_000_000),
                    key: fired.keys[Int(fired.pane.slots[i])]!.description,
                    count: fired.pane.counts[i],
                    values: fired.pane.values.map { $0[i].isNaN ? nil : $0[i] })
            }.sorted { $0.key < $1.key }
        }
    }
}
