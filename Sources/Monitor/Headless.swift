import Engine
import Events
import Queries

/// What a run without a screen prints, and when it ends.
struct HeadlessOptions: Sendable {
    var format: RowFormat
    var times = TimesFormat.rfc3339
    /// Rows carry their kind and their view's name.
    var labelled: Bool
    /// Empty panes too.
    var fill = false
    /// Each view's first on-time pane, then done.
    var once = false
    /// Rows, then done.
    var limit: Int?
    var strict = false
    /// End with status 2 if an alert has fired.
    var failsOnFiring = false
}

/// Prints panes as rows as they fire, and alerts as they change. A bounded stream's windows are
/// printed once, as final; a live one's as they fire and each time a late event fires them again.
struct Headless {
    private let program: Program
    private var plan: EnginePlan { program.plan }
    private let options: HeadlessOptions
    private var writer: RowWriter
    private var output = Output()
    private var printed = 0
    private(set) var hasFired = false
    /// Of each view: whether a pane of it was printed.
    private var shown: [Bool]
    /// Of each view: the aggregates of a field that had no value in any row yet.
    private var unseen: [Set<Int>]

    init(_ program: Program, _ options: HeadlessOptions) {
        let plan = program.plan
        self.program = program
        self.options = options
        writer = RowWriter(options.format)
        shown = plan.views.map { _ in false }
        unseen = plan.views.map { view in
            Set(view.query.aggregates.indices.filter { view.query.aggregates[$0].numbers != nil })
        }
    }

    /// Whether nobody reads any more, so that there is nobody to tell anything.
    var isClosed: Bool { output.isClosed }

    /// What input `number` led to. False when there is nothing more to print.
    mutating func write(_ effects: [Effect], number: UInt64) throws(Ending) -> Bool {
        for effect in effects {
            switch effect {
            case .pane(let fired):
                guard isPrinted(fired) else { continue }
                guard try write(fired) else { return false }
            case .alert(let rule, let change):
                if change.transition.to == .firing { hasFired = true }
                let alert = PrintedAlert(
                    definition: program.dashboard.alerts[rule], change: change, number: number,
                    times: options.times)
                guard try write(alert) else { return false }
            case .attention, .acted, .revision: break
            case .trouble(let reason): Output.say(reason)
            }
        }
        try output.flush()
        return !output.isClosed
    }

    /// At an early end: the running values of views without windows, which have nothing else.
    mutating func writeRunning(_ snapshot: EngineSnapshot) throws(Ending) {
        for (i, view) in snapshot.views.enumerated() where view.window == nil {
            for pane in view.early {
                _ = try write(FiredPane(view: i, pane: pane, keys: view.keys))
            }
        }
        try output.flush()
    }

    /// Columns that were null in every row: most likely a field is misspelt.
    var nullColumns: [String] {
        plan.views.indices.filter { shown[$0] }.flatMap { view in
            unseen[view].sorted().map { i in
                let aggregate = plan.views[view].query.aggregates[i]
                return "`\(aggregate.name)` is null in every row: no event has a number in "
                    + aggregate.numbers!.description
            }
        }
    }

    private func isPrinted(_ fired: FiredPane) -> Bool {
        let stream = plan.streams[plan.views[fired.view].stream]
        if options.once {
            return !shown[fired.view] && (fired.pane.kind == .onTime || fired.isWhole)
        }
        return fired.pane.kind == .backfill
            || (fired.pane.kind == .final) == (stream.isBounded || fired.isWhole)
    }

    private mutating func write(_ alert: PrintedAlert) throws(Ending) -> Bool {
        printed += 1
        output.add(writer.text(of: alert))
        guard let limit = options.limit, printed >= limit else { return true }
        try output.flush()
        return false
    }

    private mutating func write(_ fired: FiredPane) throws(Ending) -> Bool {
        var rows = PrintedRow.rows(
            of: fired, view: plan.views[fired.view], labelled: options.labelled,
            times: options.times, fill: options.fill)
        if let limit = options.limit { rows = Array(rows.prefix(limit - printed)) }
        printed += rows.count
        shown[fired.view] = shown[fired.view] || !rows.isEmpty
        unseen[fired.view] = unseen[fired.view].filter { aggregate in
            fired.pane.values[aggregate].allSatisfy(\.isNaN)
        }
        output.add(writer.text(of: rows))
        let isDone =
            options.limit.map { printed >= $0 } ?? false
            || (options.once && shown.allSatisfy { $0 })
        if isDone { try output.flush() }
        return !isDone
    }
}

extension FiredPane {
    /// Of a view without windows.
    var isWhole: Bool { pane.end == .end }
}

extension Aggregate {
    /// What it is taken of, where it is null for want of numbers there.
    fileprivate var numbers: Expression? {
        guard case .call(let call) = value, call.function != .count, call.function != .distinct
        else { return nil }
        return call.argument
    }
}
