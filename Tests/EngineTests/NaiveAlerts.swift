import Alerting
import Events
import Queries

@testable import Engine

/// Alert rules as semantics.md has them ("Windows", "Alerts"), computed at each T from all events;
/// from one T to the next nothing is kept but the machines.
///
/// Where the page leaves a question open this does as the engine does, and says `Open:`.
struct NaiveAlerts {
    private struct Arrival {
        var event: SiteEvent
        /// The stream's watermark when it came.
        var watermark: Int64
    }

    private let scenario: AlertScenario
    /// Of each view by group, in the order of arrival.
    private var groups: [[Key: [Arrival]]]
    private var lowest = Int64.max
    private var highest = Int64.min

    init(_ scenario: AlertScenario, _ arrivals: [SiteEvent]) {
        self.scenario = scenario
        groups = Array(repeating: [:], count: scenario.views.count)
        for event in arrivals {
            let arrival = Arrival(event: event, watermark: watermark)
            for (i, view) in scenario.views.enumerated() {
                groups[i][event.key(by: view.query.keys), default: []].append(arrival)
            }
            lowest = min(lowest, event.time)
            highest = max(highest, event.time)
        }
    }

    /// Highest event time − out_of_orderness − 1 ns; it moves after each event.
    private var watermark: Int64 {
        highest == .min ? .min : highest - scenario.stream.outOfOrderness.rawValue - 1
    }

    // MARK: Rules

    /// Of each rule.
    var changes: [[RuleChange]] {
        scenario.rules.map { rule in
            var alert = NaiveAlert(rule: rule.rule)
            for t in instants(of: rule) { alert.evaluate(findings(of: rule, at: t), at: t) }
            return alert.changes
        }
    }

    /// Each multiple of the step from the first event on, once the watermark is at T − 1 ns.
    /// Open: after a bounded stream's end none is past the last window of the rule's views.
    private func instants(of rule: TestRule) -> StrideThrough<Int64> {
        let step = rule.step(scenario.views)
        let ends = rule.views.map { view in
            let window = scenario.views[view].window
            return start(of: highest, window) + window.size.rawValue
        }
        let last = scenario.stream.isBounded ? ends.max()! : watermark + 1
        return stride(from: floorDiv(lowest, step) * step, through: last, by: Int(step))
    }

    /// What the groups show that have a row: the view with the most fields names them.
    /// Open: of two views with the same fields the first one does.
    private func findings(of rule: TestRule, at t: Int64) -> [Key: Finding] {
        let most = rule.views.map { fields(of: $0).count }.max()!
        let finest = rule.views.first { fields(of: $0).count == most }!
        var findings: [Key: Finding] = [:]
        for key in groups[finest].keys {
            guard let own = row(of: key, in: finest, at: t) else { continue }
            let value = { (column: ViewColumn) -> Double in
                if column.view == finest { return own[column.aggregate] }
                let shared = part(of: key, from: finest, to: column.view)
                return row(of: shared, in: column.view, at: t)?[column.aggregate] ?? .nan
            }
            // Open: a `clear` over null doesn't hold, so the alert fires on.
            findings[key] = Finding(
                holds: rule.when.holds(value), clears: rule.clear.map { $0.holds(value) ?? false })
        }
        return findings
    }

    private func fields(of view: Int) -> [FieldPath] { scenario.views[view].query.keys }

    /// The values of the fields by which `view` groups.
    private func part(of key: Key, from finest: Int, to view: Int) -> Key {
        let names = fields(of: finest)
        return Key(fields(of: view).map { key.values[names.firstIndex(of: $0)!] })
    }

    // MARK: Windows

    /// The group's values in the pane with T − hop < end ≤ T, as they are at T; nil: missing.
    /// Open: the hop is the view's own, also where the rule's step is smaller.
    private func row(of key: Key, in view: Int, at t: Int64) -> [Double]? {
        let window = scenario.views[view].window
        let end = start(of: t, window)
        let arrivals = groups[view][key] ?? []
        let inside = arrivals.filter { isTaken($0, window, endingAt: end, at: t) }
        guard !inside.isEmpty || lives(arrivals, window, at: end) else { return nil }
        return aggregates(inside.map(\.event.x), seconds: window.size.inSeconds)
    }

    /// The last multiple of the hop up to `time`.
    private func start(of time: Int64, _ window: Window) -> Int64 {
        floorDiv(time, window.hop.rawValue) * window.hop.rawValue
    }

    /// A window takes its events until watermark ≥ end − 1 ns + allowed_lateness; a rule sees
    /// those that came before its T was due.
    private func isTaken(
        _ arrival: Arrival, _ window: Window, endingAt end: Int64, at t: Int64
    ) -> Bool {
        let isInside = (end - window.size.rawValue..<end).contains(arrival.event.time)
        return isInside && arrival.watermark < end - 1 + allowedLateness
            && arrival.watermark < t - 1
    }

    /// A key gets an empty pane until the watermark is `forget_after` past its last event; when a
    /// pane fires the watermark is end − 1 ns. Open: a late event counts if some window took it.
    private func lives(_ arrivals: [Arrival], _ window: Window, at end: Int64) -> Bool {
        let last = arrivals.filter {
            let lastEnd = start(of: $0.event.time, window) + window.size.rawValue
            return $0.event.time < end && $0.watermark < end - 1
                && $0.watermark < lastEnd - 1 + allowedLateness
        }.map(\.event.time).max()
        return last.map { end - 1 < $0 + scenario.stream.forgetAfter.rawValue } ?? false
    }

    private var allowedLateness: Int64 { scenario.stream.allowedLateness.rawValue }

    /// `count()`, `rate()`, `avg(x)`, `max(x)`; NaN is null.
    private func aggregates(_ xs: [Double], seconds: Double) -> [Double] {
        let numbers = xs.filter { !$0.isNaN }
        let count = Double(xs.count)
        let mean = numbers.isEmpty ? Double.nan : numbers.reduce(0, +) / Double(numbers.count)
        return [count, count / seconds, mean, numbers.max() ?? Double.nan]
    }
}

extension TestCondition {
    /// nil: unknown, as a comparison with null is. Open: one side of `and` and `or` may decide
    /// without the other.
    fileprivate func holds(_ value: (ViewColumn) -> Double) -> Bool? {
        switch self {
        case .compare(let column, let sign, let limit): sign.holds(value(column), limit)
        case .both(let a, let b): decided(a.holds(value), b.holds(value), by: false)
        case .either(let a, let b): decided(a.holds(value), b.holds(value), by: true)
        }
    }

    private func decided(_ a: Bool?, _ b: Bool?, by decisive: Bool) -> Bool? {
        if a == decisive || b == decisive { return decisive }
        return a == nil || b == nil ? nil : !decisive
    }
}

extension TestCondition.Sign {
    fileprivate func holds(_ x: Double, _ limit: Double) -> Bool? {
        if x.isNaN { return nil }
        return switch self {
        case .above: x > limit
        case .atLeast: x >= limit
        case .below: x < limit
        case .atMost: x <= limit
        }
    }
}

/// What a group with a row shows; nil: unknown, or that there is no `clear`.
private struct Finding {
    var holds: Bool?
    var clears: Bool?
}

/// A rule's machines, one for each group that was ever seen.
private struct NaiveAlert {
    let rule: AlertRule
    private(set) var changes: [RuleChange] = []
    private var machines: [Key: NaiveMachine] = [:]
    /// With `across`: of the one alert, and the groups that it has.
    private var phase = AlertTransition.Phase.inactive
    private var members: [Key] = []

    init(rule: AlertRule) { self.rule = rule }

    /// All groups together. A group that was seen once and is not now is missing.
    /// Open: for good, so with `no_data: fire` the alert of a forgotten group never ends.
    mutating func evaluate(_ findings: [Key: Finding], at t: Int64) {
        for key in Set(machines.keys).union(findings.keys).sorted() {
            var machine = machines[key] ?? NaiveMachine()
            let before = machine.phase
            machine.evaluate(findings[key], rule, at: t)
            machines[key] = machine
            if rule.across == nil { report(before, machine.phase, [key], at: t) }
        }
        if let across = rule.across { conclude(across, seen: findings.count, at: t) }
    }

    /// The rule's one alert fires while enough groups are firing. Open: it is pending while
    /// enough are pending or firing, but never right after it fired; and its last groups are those
    /// of the T before.
    private mutating func conclude(_ across: Across, seen: Int, at t: Int64) {
        let needed = needed(across, seen: seen)
        let firing = machines.filter { $1.phase == .firing }.keys.sorted()
        let active = machines.filter { $1.phase != .inactive }.keys.sorted()
        let next: AlertTransition.Phase =
            firing.count >= needed
            ? .firing : active.count >= needed && phase != .firing ? .pending : .inactive
        let groups = next == .inactive ? [] : next == .firing ? firing : active
        report(phase, next, next == .inactive ? members : groups, at: t)
        (phase, members) = (next, groups)
    }

    /// Open: a share is of the groups with a row at T, and of one where there is none.
    private func needed(_ across: Across, seen: Int) -> Int {
        switch across {
        case .count(let n): n
        case .share(let share): max(1, (Int((share * 100).rounded()) * seen + 99) / 100)
        }
    }

    private mutating func report(
        _ from: AlertTransition.Phase, _ to: AlertTransition.Phase, _ groups: [Key], at t: Int64
    ) {
        guard from != to else { return }
        let transition = AlertTransition(from: from, to: to, at: Timestamp(rawValue: t))
        changes.append(RuleChange(transition: transition, groups: groups))
    }
}

/// The states of an alert in Prometheus (`rules/alerting.go`), with `clear` and `no_data`.
private struct NaiveMachine {
    private(set) var phase = AlertTransition.Phase.inactive
    private var activeAt: Int64 = 0
    /// The first T since which it only fires on for `keep_firing_for`.
    private var endedAt: Int64?

    /// A group that is missing, and a condition that is unknown, are what `no_data` says.
    /// Open: where that is `false` a firing alert has ended, whatever `clear` asks for.
    mutating func evaluate(_ finding: Finding?, _ rule: AlertRule, at t: Int64) {
        if let holds = finding?.holds {
            return step(holds, hasEnded: finding?.clears ?? !holds, rule, at: t)
        }
        switch rule.noData {
        case .false: step(false, hasEnded: true, rule, at: t)
        case .keep: break
        case .fire: step(true, hasEnded: false, rule, at: t)
        }
    }

    private mutating func step(_ holds: Bool, hasEnded: Bool, _ rule: AlertRule, at t: Int64) {
        guard phase == .firing else {
            if phase == .inactive { activeAt = t }
            let isRipe = t - activeAt >= rule.holdFor.rawValue
            phase = !holds ? .inactive : isRipe ? .firing : .pending
            return
        }
        let end = endedAt ?? t
        endedAt = hasEnded ? end : nil
        if hasEnded, t - end >= rule.keepFiringFor.rawValue { self = NaiveMachine() }
    }
}
