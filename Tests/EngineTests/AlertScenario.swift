import Alerting
import Events
import Queries
import TestSeeds

@testable import Engine

private let millisecond: Int64 = 1_000_000

/// An event with two fields to group by.
struct SiteEvent {
    /// In nanoseconds.
    var time: Int64
    var site: String
    var device: String
    /// A whole number, so that sums are exact; NaN where the event has none.
    var x: Double

    /// Its group by these fields, which are `site` and `device`.
    func key(by fields: [FieldPath]) -> Key {
        Key(fields.map { .string($0.name == "site" ? site : device) })
    }
}

/// A condition: text for the engine, a value for the naive evaluator.
indirect enum TestCondition: CustomStringConvertible {
    enum Sign: String, CaseIterable {
        case above = ">"
        case atLeast = ">="
        case below = "<"
        case atMost = "<="

        var isUpward: Bool { self == .above || self == .atLeast }
        var opposite: Sign { isUpward ? .below : .above }
    }

    case compare(ViewColumn, Sign, Double)
    case both(TestCondition, TestCondition)
    case either(TestCondition, TestCondition)

    /// What it names.
    var columns: Set<ViewColumn> {
        switch self {
        case .compare(let column, _, _): [column]
        case .both(let a, let b), .either(let a, let b): a.columns.union(b.columns)
        }
    }

    var description: String {
        switch self {
        case .compare(let column, let sign, let limit):
            "\(column.path) \(sign.rawValue) \(plainNumber(limit))"
        case .both(let a, let b): "(\(a) and \(b))"
        case .either(let a, let b): "(\(a) or \(b))"
        }
    }
}

/// A rule: as a plan for the engine, and as it is for the naive evaluator.
struct TestRule: CustomStringConvertible {
    var when: TestCondition
    var clear: TestCondition?
    /// nil: T is each multiple of the views' smallest hop.
    var every: Nanoseconds?
    var rule: AlertRule

    var columns: Set<ViewColumn> { when.columns.union(clear?.columns ?? []) }
    /// Those that it names, ascending.
    var views: [Int] { Set(columns.map(\.view)).sorted() }

    /// In nanoseconds: T is each multiple of it.
    func step(_ plans: [ViewPlan]) -> Int64 {
        every?.rawValue ?? views.map { plans[$0].window.hop.rawValue }.min()!
    }

    func plan(named name: String) throws -> RulePlan {
        let places = columns.map { ($0.path, $0) }
        return RulePlan(
            name: name, when: try Condition(parsing: when.description),
            clear: try clear.map { try Condition(parsing: $0.description) },
            columns: Dictionary(uniqueKeysWithValues: places), rule: rule, every: every)
    }

    var description: String {
        let clear = clear.map { "\($0)" } ?? "–"
        let every = every.map { "\($0.inSeconds) s" } ?? "–"
        let across = rule.across.map { "\($0)" } ?? "–"
        return "when \(when), clear \(clear), for \(rule.holdFor.inSeconds) s, "
            + "keep_firing_for \(rule.keepFiringFor.inSeconds) s, no_data \(rule.noData), "
            + "across \(across), every \(every)"
    }
}

extension ViewColumn {
    fileprivate static let names = ["n", "speed", "mean", "peak"]

    /// `v0.peak`
    fileprivate var path: FieldPath {
        FieldPath(steps: [.name("v\(view)"), .name(Self.names[aggregate])])
    }
}

extension ViewPlan {
    /// The scenarios' views have one.
    var window: Window { query.window! }
}

/// One stream, one or two views on it, rules on those, and events.
struct AlertScenario: CustomStringConvertible {
    var views: [ViewPlan]
    var stream: StreamRules
    var rules: [TestRule]
    /// In the order of event time.
    var events: [SiteEvent]
    /// How much later than that an event arrives at most, in nanoseconds.
    var delay: Int64

    /// `isLate`: events may come later than `out_of_orderness` allows.
    init(isLate: Bool, _ random: inout SplitMix) {
        views = Self.views(&random)
        stream = Self.stream(views, isLate: isLate, &random)
        rules = []
        events = Self.events(&random)
        delay = stream.outOfOrderness.rawValue
        if isLate { delay += random.pick([400, 1_500, 4_000]) * millisecond }
        for _ in 0..<random.number(1..<4) { rules.append(TestRule(views, &random)) }
    }

    /// The events in an order in which they may arrive.
    func arrivals(_ random: inout SplitMix) -> [SiteEvent] {
        let times = events.map { $0.time + Int64.random(in: 0...delay, using: &random) }
        return events.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { events[$0] }
    }

    /// In chunks of random sizes.
    static func cut(_ events: [SiteEvent], _ random: inout SplitMix) -> [[SiteEvent]] {
        var chunks: [[SiteEvent]] = []
        var rest = events[...]
        while !rest.isEmpty {
            let size = random.number(1..<20)
            chunks.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return chunks
    }

    var description: String {
        let queries = views.map { "\($0.name): \($0.query)" }.joined(separator: "; ")
        return "\(stream.isBounded ? "bounded" : "live"), "
            + "out_of_orderness \(stream.outOfOrderness.inSeconds) s, "
            + "allowed_lateness \(stream.allowedLateness.inSeconds) s, "
            + "forget_after \(stream.forgetAfter.inSeconds) s; \(queries)"
    }
}

// MARK: Drawing

extension AlertScenario {
    /// Where there are two, the fields of one contain the other's.
    private static func views(_ random: inout SplitMix) -> [ViewPlan] {
        let (site, device) = (FieldPath("site"), FieldPath("device"))
        let choices: [[[FieldPath]]] = [
            [[]], [[site]], [[site, device]], [[device, site]],
            [[site], []], [[], [device, site]], [[site, device], [site]],
            [[device], [site, device]], [[site, device], [device, site]],
        ]
        let groupings = random.pick(choices)
        return groupings.indices.map { i in
            ViewPlan(name: "v\(i)", stream: 0, query: query(by: groupings[i], &random))
        }
    }

    private static func query(by keys: [FieldPath], _ random: inout SplitMix) -> Query {
        let x = Expression.field(FieldPath("x"))
        let hop: Int64 = random.pick([200, 250, 500, 1_000])
        let hops: Int64 = random.pick([1, 1, 2, 3, 5])
        return Query(
            aggregates: [
                Aggregate(function: .count, name: "n"), Aggregate(function: .rate, name: "speed"),
                Aggregate(function: .avg, argument: x, name: "mean"),
                Aggregate(function: .max, argument: x, name: "peak"),
            ], keys: keys,
            window: Window(size: .milliseconds(hop * hops), hop: .milliseconds(hop)))
    }

    private static func stream(
        _ views: [ViewPlan], isLate: Bool, _ random: inout SplitMix
    ) -> StreamRules {
        var stream = StreamRules(name: "s", isBounded: random.once(in: 2))
        stream.outOfOrderness = .milliseconds(random.pick([0, 100, 700, 2_000]))
        if isLate { stream.allowedLateness = .milliseconds(random.pick([0, 0, 300, 1_500])) }
        let least = views.map(\.window.size).max()! + stream.allowedLateness
        let more = Int64(random.number(0..<16)) * 250
        stream.forgetAfter = least + Nanoseconds.milliseconds(more)
        return stream
    }

    /// Bursts and pauses, groups that fall silent for a while, and levels that last.
    private static func events(_ random: inout SplitMix) -> [SiteEvent] {
        let groups = random.number(1..<7)
        let sites = random.number(1..<groups + 1)
        let grain: Int64 = random.pick([1, 50])
        var time: Int64 = random.pick([-5_000, 0, 1_700_000_000_000])
        var talking = Array(0..<groups)
        var levels = Array(repeating: 0, count: groups)
        let count = random.number(20..<100)
        return (0..<count).map { _ -> SiteEvent in
            time += pause(&random) / grain * grain
            if random.once(in: 12) { talking = talkers(among: groups, &random) }
            let group = random.pick(talking)
            if random.once(in: 8) { levels[group] = random.number(-8..<9) }
            let x = levels[group] + random.number(-1..<2)
            return SiteEvent(
                time: time * millisecond, site: "s\(group % sites)", device: "d\(group / sites)",
                x: random.once(in: 12) ? .nan : Double(x))
        }
    }

    /// Until the next event, in milliseconds.
    private static func pause(_ random: inout SplitMix) -> Int64 {
        switch random.number(0..<40) {
        case 0: Int64(random.number(2_000..<6_000))
        case 1..<12: Int64(random.number(0..<10))
        default: Int64(random.number(0..<200))
        }
    }

    /// Half of the groups, and at least one.
    private static func talkers(among groups: Int, _ random: inout SplitMix) -> [Int] {
        let talkers = (0..<groups).filter { _ in random.once(in: 2) }
        return talkers.isEmpty ? [0] : talkers
    }
}

extension TestRule {
    init(_ views: [ViewPlan], _ random: inout SplitMix) {
        when = TestCondition.drawn(views.count, &random)
        clear = when.clearing(views.count, &random)
        let grids: [Int64?] = [nil, nil, nil, nil, 300, 700, 1_500]
        every = random.pick(grids).map { Nanoseconds.milliseconds($0) }
        rule = AlertRule()
        let step = step(views)
        rule.holdFor = Self.wait(step, &random)
        rule.keepFiringFor = Self.wait(step, &random)
        rule.noData = random.pick([.false, .false, .keep, .fire])
        rule.across = Self.across(&random)
    }

    /// None, or some halves of a step.
    private static func wait(_ step: Int64, _ random: inout SplitMix) -> Nanoseconds {
        Nanoseconds(rawValue: random.once(in: 2) ? 0 : Int64(random.number(1..<8)) * step / 2)
    }

    private static func across(_ random: inout SplitMix) -> Across? {
        switch random.number(0..<8) {
        case 0: Across.count(1)
        case 1, 2: Across.count(random.number(2..<4))
        case 3: Across.share(Double(random.number(1..<101)) / 100)
        default: nil
        }
    }
}

extension TestCondition {
    /// A threshold; of two views mostly one on each.
    static func drawn(_ views: Int, _ random: inout SplitMix) -> TestCondition {
        let view = random.number(0..<views)
        let first = threshold(on: view, &random)
        guard random.number(0..<4) < (views == 1 ? 1 : 3) else { return first }
        let second = threshold(on: views - 1 - view, &random)
        return random.once(in: 2) ? .both(first, second) : .either(first, second)
    }

    /// Mostly none; else hysteresis, or anything.
    func clearing(_ views: Int, _ random: inout SplitMix) -> TestCondition? {
        switch (random.number(0..<6), self) {
        case (0, _): return TestCondition.drawn(views, &random)
        case (1...2, .compare(let column, let sign, let limit)):
            let gap = Double(random.number(0..<3))
            let end = sign.isUpward ? limit - gap : limit + gap
            return TestCondition.compare(column, sign.opposite, end)
        default: return nil
        }
    }

    private static func threshold(on view: Int, _ random: inout SplitMix) -> TestCondition {
        let column = ViewColumn(view: view, aggregate: random.number(0..<4))
        let limit: Double =
            switch column.aggregate {
            case 0: Double(random.number(0..<6))
            case 1: Double(random.number(0..<12)) / 2
            case 2: Double(random.number(-10..<11)) / 2
            default: Double(random.number(-8..<9))
            }
        return .compare(column, random.pick(Sign.allCases), limit)
    }
}
