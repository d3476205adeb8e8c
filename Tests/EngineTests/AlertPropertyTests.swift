import Alerting
import Events
import TestSeeds
import Testing

@testable import Engine

/// An alert's way from one state to another, as the engine and the naive evaluator tell it.
struct RuleChange: Hashable, CustomStringConvertible {
    var transition: AlertTransition
    var groups: [Key]

    var description: String {
        let seconds = Double(transition.at.rawValue) / 1e9
        let names = groups.map { "[\($0)]" }.joined(separator: "+")
        return "T = \(seconds) s: \(names) \(transition.from)→\(transition.to)"
    }
}

/// Against an evaluator that keeps every event and computes every T anew.
@Suite struct AlertPropertyTests {
    /// Whatever the chunks, and whatever the order of arrival within `out_of_orderness`.
    @Test(arguments: seeds(200))
    func alertsAreAsIfAllWereComputedAnew(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let scenario = AlertScenario(isLate: false, &random)
        let arrivals = scenario.arrivals(&random)
        let want = NaiveAlerts(scenario, arrivals).changes
        try check(scenario, [arrivals], want, "seed \(seed), one batch")
        let chunks = AlertScenario.cut(arrivals, &random)
        try check(scenario, chunks, want, "seed \(seed), chunks")
        let others = scenario.arrivals(&random)
        let otherChunks = AlertScenario.cut(others, &random)
        try check(scenario, otherChunks, want, "seed \(seed), another order")
    }

    /// A late event counts in the panes that it still reaches before T, and changes no verdict
    /// that was given.
    @Test(arguments: seeds(100))
    func lateEventsCountFromTheNextT(seed: UInt64) throws {
        var random = SplitMix(seed: ~seed)
        let scenario = AlertScenario(isLate: true, &random)
        let arrivals = scenario.arrivals(&random)
        let want = NaiveAlerts(scenario, arrivals).changes
        try check(scenario, [arrivals], want, "late seed \(seed), one batch")
        let chunks = AlertScenario.cut(arrivals, &random)
        try check(scenario, chunks, want, "late seed \(seed), chunks")
        try check(scenario, arrivals.map { [$0] }, want, "late seed \(seed), one by one")
    }

    /// Scenarios in which nothing happens would show nothing.
    @Test func everyWayBetweenStatesIsTaken() {
        var ways = Set<String>()
        for seed in UInt64(1)...60 {
            var random = SplitMix(seed: seed)
            let scenario = AlertScenario(isLate: false, &random)
            for change in NaiveAlerts(scenario, scenario.events).changes.joined() {
                ways.insert("\(change.transition.from)→\(change.transition.to)")
            }
        }
        let all: Set = [
            "inactive→pending", "inactive→firing", "pending→firing", "pending→inactive",
            "firing→inactive",
        ]
        #expect(ways == all)
    }

    private func check(
        _ scenario: AlertScenario, _ chunks: [[SiteEvent]], _ want: [[RuleChange]],
        _ story: String
    ) throws {
        var feed = try AlertFeed(scenario)
        for chunk in chunks { feed.send(chunk) }
        if scenario.stream.isBounded { feed.tell(.ended) }
        for (i, rule) in scenario.rules.enumerated() {
            let times = feed.changes[i].map(\.transition.at)
            #expect(times == times.sorted(), "\(story), rule \(i): T ascends")
            compare(feed.changes[i], want[i], "\(story), rule \(i): \(rule)\n\(scenario)")
        }
    }

    /// Says where the two part.
    private func compare(_ got: [RuleChange], _ want: [RuleChange], _ story: String) {
        let (engine, naive) = (inOrder(got), inOrder(want))
        guard engine != naive else { return }
        let same = zip(engine, naive).prefix { $0 == $1 }.count
        let text = """
            \(story)
            the first \(same) changes are the same, then
            engine: \(engine.dropFirst(same).prefix(3).map(\.description))
            naive:  \(naive.dropFirst(same).prefix(3).map(\.description))
            """
        Issue.record(Comment(rawValue: text))
    }

    /// The groups of one T are evaluated together: the page says nothing of an order among them.
    private func inOrder(_ changes: [RuleChange]) -> [RuleChange] {
        changes.sorted { a, b in
            a.transition.at == b.transition.at
                ? "\(a.groups)" < "\(b.groups)" : a.transition.at < b.transition.at
        }
    }
}

/// The engine with a scenario's views and rules, and what its alerts did.
private struct AlertFeed {
    /// Of each rule, in the order in which they came.
    private(set) var changes: [[RuleChange]]
    private var engine: Engine
    private let fields: [FieldUse]
    private var number: UInt64 = 0
    private var offset: Int64 = 0

    init(_ scenario: AlertScenario) throws {
        let plan = EnginePlan(
            streams: [scenario.stream], views: scenario.views,
            rules: try scenario.rules.enumerated().map { try $1.plan(named: "rule\($0)") })
        changes = Array(repeating: [], count: scenario.rules.count)
        engine = Engine(plan: plan)
        fields = plan.fields(ofStream: 0)
        tell(.opened(partitions: [0]))
    }

    mutating func tell(_ state: SourceChange.State) {
        apply(.source(SourceChange(stream: 0, source: "t", state: state)))
    }

    /// One chunk with these events.
    mutating func send(_ events: [SiteEvent]) {
        let batch = ColumnBatch(
            stream: 0, origin: Origin(source: "t"), firstOffset: offset, receivedAt: .epoch,
            lines: events.indices.map { UInt32($0) }, times: events.map(\.time),
            columns: fields.map { column($0.path, events) })
        offset += Int64(events.count)
        apply(.batch(batch))
    }

    private mutating func apply(_ content: EngineInput.Content) {
        number += 1
        let now = Timestamp(rawValue: Int64(number))
        let input = EngineInput(number: number, receivedAt: now, content: content)
        for effect in engine.apply(input) {
            guard case .alert(let rule, let change) = effect else { continue }
            changes[rule].append(
                RuleChange(transition: change.transition, groups: change.groups))
        }
    }

    /// `x` as numbers, the others as codes.
    private func column(_ path: FieldPath, _ events: [SiteEvent]) -> Column {
        guard path.name != "x" else {
            return Column(
                kinds: events.map { $0.x.isNaN ? .missing : .number }, numbers: events.map(\.x))
        }
        var column = Column(kinds: events.map { _ in .string })
        for event in events {
            let value = event.key(by: [path]).values[0]
            let known = column.dictionary.firstIndex(of: value) ?? column.dictionary.count
            if known == column.dictionary.count { column.dictionary.append(value) }
            column.codes.append(UInt32(known))
        }
        return column
    }
}
