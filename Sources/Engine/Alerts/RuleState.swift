import Alerting
import Events

/// A rule's state: when it is evaluated next, and an alert's machine for each group.
///
/// It is evaluated at T = each multiple of its views' smallest hop, or of `every`, ascending, all
/// groups together, once every stream it names has a watermark of at least T − 1 ns. A group's
/// value is its newest pane with T − hop < end ≤ T, else the group is missing. A rule of health is
/// evaluated at each whole second of processing time instead.
struct RuleState {
    /// Groups whose state is kept; past it new ones are not watched, and counted.
    static let groupLimit = 10_000
    /// Changes kept for the screen.
    static let changeLimit = 100

    /// Where its values come from.
    enum Source {
        case views(ViewRows)
        case health(HealthRows)
        /// The place of its state among the engine's, the stream, and the fields of its groups.
        case sequence(Int, stream: Int, keyNames: [String])
    }

    struct Group {
        var key: Key
        var instance: AlertInstance
        /// Of the first column that `when` names, at the last evaluation; NaN is null.
        var value = Double.nan
        /// When it began to be in its state.
        var since: Timestamp
    }

    let plan: RulePlan
    let source: Source
    /// Those that it waits for, ascending; none for one of health.
    let streams: [Int]
    let when: ConditionProgram
    let clear: ConditionProgram?
    let keyNames: [String]
    /// T is each multiple of it.
    let step: Int64

    /// The last T; `.min` before the first.
    private(set) var evaluatedAt = Int64.min
    /// The last T that the watermarks have passed, evaluated or not.
    var passed = Int64.min
    var groups: [Key: Group] = [:]
    /// What it was in a run before, until that is settled.
    var restored: RestoredRule?
    /// Events that each view without windows, by its index, had at the last T.
    private(set) var wholeEvents: [Int: UInt64] = [:]
    /// Whether a window was in reach of the last T.
    private(set) var foundPane = false
    /// Groups with a row at the last T.
    private(set) var seen = 0
    var phase = AlertTransition.Phase.inactive
    var since = Timestamp.beginning
    private(set) var changes: [AlertChange] = []
    /// With `across`: the groups of the alert as it was at the last T, and their rows at this.
    private var involved: [Key] = []
    private var latest: [Key: Int] = [:]
    /// What was read at the last T; none of it where nobody looks.
    private(set) var rows: RuleRows
    private let keepsRows: Bool
    private(set) var unwatched: UInt64 = 0
    var baselines: Baselines
    /// Until when an earlier value will be missing for want of history, as of the last T.
    private(set) var warmingUntil: Timestamp?

    /// When a sequence is looked at, if the rule doesn't say.
    private static let sequenceStep: Int64 = 1_000_000_000

    /// `sequence`: the place of its state among the engine's. `keepsRows`: what was read stays
    /// until the next T, to be looked at.
    init(
        _ plan: RulePlan, views: [ViewState], sequence place: Int = 0, keepsRows: Bool = false
    ) {
        self.plan = plan
        self.keepsRows = keepsRows
        rows = RuleRows(width: plan.readings.count)
        // The value that is shown is that of the name that comes first in the text.
        let readings = plan.readings
        let places = Dictionary(uniqueKeysWithValues: readings.enumerated().map { ($1, $0) })
        when = ConditionProgram(plan.when.expression) { places[$0]! }
        clear = plan.clear.map { ConditionProgram($0.expression) { places[$0]! } }
        baselines = Baselines(readings)
        if let sequence = plan.sequence {
            let names = sequence.keys.map(\.name)
            source = .sequence(place, stream: sequence.stream, keyNames: names)
            (keyNames, streams) = (names, [sequence.stream])
            step = plan.every?.rawValue ?? Self.sequenceStep
        } else if plan.isOfHealth {
            let rows = HealthRows(plan, readings: readings)
            (source, keyNames, step, streams) = (.health(rows), rows.keyNames, rows.step, [])
        } else {
            let rows = ViewRows(plan, readings: readings, views: views)
            (source, keyNames, step) = (.views(rows), rows.keyNames, rows.step)
            streams = rows.streams
        }
    }

    /// How long it takes until all that it reads is whole again after a beginning, in nanoseconds.
    var fillingTime: Int64 {
        // Counts of health are those of the last minute.
        if case .views(let rows) = source { rows.longestWindow } else { 60_000_000_000 }
    }

    /// The views that it reads, as it reads them.
    var operands: [ViewRows.Operand] {
        if case .views(let rows) = source { rows.operands } else { [] }
    }

    /// Takes over the state of the rule as it was; `views`: of each view, which one it was then.
    mutating func continueFrom(_ former: RuleState, views: [Int?]) {
        evaluatedAt = former.evaluatedAt
        passed = former.passed
        groups = former.groups
        for (view, before) in views.enumerated() {
            if let before { wholeEvents[view] = former.wholeEvents[before] }
        }
        (foundPane, seen, unwatched) = (former.foundPane, former.seen, former.unwatched)
        (phase, since, changes) = (former.phase, former.since, former.changes)
        (involved, rows) = (former.involved, former.rows)
        (baselines, warmingUntil) = (former.baselines, former.warmingUntil)
        restored = former.restored
    }

    /// Evaluates all groups at T. Later than at any call before. `shared`: of this T.
    mutating func evaluate(
        at t: Int64, _ views: [ViewState], _ shared: inout SharedRows,
        _ fire: (AlertChange) -> Void
    ) {
        guard case .views(let source) = source else { return }
        for operand in operands where operand.reach == nil {
            wholeEvents[operand.view] = views[operand.view].books.aggregated
        }
        evaluate(shared.rows(of: source, views), at: t, fire)
    }

    /// The same for a rule of a sequence.
    mutating func evaluate(
        at t: Int64, _ sequence: inout SequenceState, _ fire: (AlertChange) -> Void
    ) {
        evaluate(IndexedRows(sequence.rows(at: t)), at: t, fire)
    }

    /// The same for a rule of health.
    mutating func evaluate(
        at t: Int64, _ health: EngineHealth, _ fire: (AlertChange) -> Void
    ) {
        guard case .health(let source) = source else { return }
        evaluate(IndexedRows(source.rows(at: Timestamp(rawValue: t), health)), at: t, fire)
    }

    private mutating func evaluate(
        _ found: IndexedRows, at t: Int64, _ fire: (AlertChange) -> Void
    ) {
        precondition(t > evaluatedAt, "a rule is evaluated at ascending instants")
        evaluatedAt = t
        latest.removeAll(keepingCapacity: true)
        rows = found.rows
        foundPane = rows.isInReach
        warmingUntil = rows.warmingUntil
        seen = rows.keys.count
        baselines.forget(at: Timestamp(rawValue: t))
        baselines.score(&rows, at: Timestamp(rawValue: t))
        resume(at: t)
        if restored != nil { for key in rows.keys { saw(key) } }
        judge(found, at: t, fire)
        let missing = groups.isEmpty ? [] : groups.keys.filter { found.index[$0] == nil }
        for key in missing.sorted() where !isAwaited(key) {
            update(key, .missing, row: nil, at: t, fire)
        }
        conclude(at: t, fire)
        if !keepsRows { rows = RuleRows(width: rows.width) }
    }

    /// How many groups have to fire for the rule to fire.
    var needed: Int { plan.rule.across?.needed(of: max(seen, 1)) ?? 1 }

    /// The groups that have a row. The cost of those at rest is that of the condition alone.
    private mutating func judge(
        _ found: IndexedRows, at t: Int64, _ fire: (AlertChange) -> Void
    ) {
        let holds = when.holds(rows.columns, count: rows.keys.count)
        let concerned = concerned(holds, found)
        let clears = concerned.isEmpty ? nil : clear?.holds(rows.columns, count: rows.keys.count)
        for row in concerned {
            let evidence: Evidence =
                holds[row].map { .verdict(holds: $0, clears: clears.map { $0[row] ?? false }) }
                ?? .missing
            update(rows.keys[row], evidence, row: row, at: t, fire)
        }
    }

    /// The rows of groups that aren't at rest, or won't be; ascending.
    private func concerned(_ holds: [Bool?], _ found: IndexedRows) -> [Int] {
        if plan.rule.noData == .fire { return Array(holds.indices) }
        let holding = holds.indices.filter { holds[$0] == true }
        if groups.isEmpty { return holding }
        let active = groups.keys.compactMap { found.index[$0] }.filter { holds[$0] != true }
        return (holding + active).sorted()
    }

    private mutating func update(
        _ key: Key, _ evidence: Evidence, row: Int?, at t: Int64,
        _ fire: (AlertChange) -> Void
    ) {
        let t = Timestamp(rawValue: t)
        guard var group = groups[key] ?? newGroup(key, evidence, t) else { return }
        group.value = row.map { rows[$0][0] } ?? .nan
        if plan.rule.across != nil { latest[key] = row }
        let transition = group.instance.evaluate(evidence, at: t)
        if transition != nil { group.since = t }
        let isAtRest = group.instance.state == .inactive && plan.rule.noData != .fire
        groups[key] = isAtRest ? nil : group
        guard let transition, plan.rule.across == nil else { return }
        report(transition, [key], row: row, fire)
    }

    /// A machine for a group that needs one; a group at rest has none, unless its silence counts.
    private mutating func newGroup(
        _ key: Key, _ evidence: Evidence, _ t: Timestamp
    ) -> Group? {
        let isWanted: Bool =
            if case .verdict(true, _) = evidence { true } else { plan.rule.noData == .fire }
        guard isWanted else { return nil }
        guard groups.count < Self.groupLimit else {
            unwatched += 1
            return nil
        }
        return Group(key: key, instance: AlertInstance(rule: plan.rule), since: t)
    }

    /// The state of the rule as a whole, from those of its groups.
    private mutating func conclude(at t: Int64, _ fire: (AlertChange) -> Void) {
        let t = Timestamp(rawValue: t)
        let firing = groups.values.filter { $0.instance.state.phase == .firing }
        let active = groups.values.filter { $0.instance.state.phase != .inactive }
        let next: AlertTransition.Phase =
            firing.count >= needed
            ? .firing : active.count >= needed && phase != .firing ? .pending : .inactive
        let before = involved
        if plan.rule.across != nil {
            involved =
                next == .inactive ? [] : (next == .firing ? firing : active).map(\.key).sorted()
        }
        guard next != phase else { return }
        let transition = AlertTransition(from: phase, to: next, at: t)
        (phase, since) = (next, t)
        guard plan.rule.across != nil else { return }
        // An end is that of the alert as it was.
        let keys = next == .inactive ? before : involved
        let found = keys.compactMap { latest[$0] }
        report(transition, keys, row: found.first { !rows[$0][0].isNaN } ?? found.first, fire)
    }

    private mutating func report(
        _ transition: AlertTransition, _ keys: [Key], row: Int?,
        _ fire: (AlertChange) -> Void
    ) {
        var change = AlertChange(
            transition, groups: keys, value: row.map { rows[$0][0] } ?? .nan)
        if let row {
            change.values = rows[row]
            change.window = rows.window(row)
            change.events = rows.count(row)
        }
        if changes.count == Self.changeLimit { changes.removeFirst() }
        changes.append(change)
        fire(change)
    }
}
