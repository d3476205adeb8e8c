import Configuration
import Engine
import Events

/// A line of the audit trail before it is chained: what happened to an alert, and all that it was
/// decided by.
struct AuditLine {
    /// JSON, without braces.
    private(set) var fields: [String]

    private init(kind: String, at: Timestamp) {
        fields = ["\"kind\":\(quoted(kind))", "\"at\":\(quoted(at.rfc3339))"]
    }

    var json: String { fields.joined(separator: ",") }

    /// A run begins, with what it remembers of the one before.
    static func start(_ dashboard: String, remembers: Bool, at now: Timestamp) -> AuditLine {
        var line = AuditLine(kind: "start", at: now)
        line.fields += [
            "\"program\":\(quoted("weir " + weirVersion))",
            "\"dashboard\":\(quoted(dashboard))", "\"remembers\":\(remembers)",
        ]
        return line
    }

    /// Lines could not be written, or have gone.
    static func gap(_ reason: String, at now: Timestamp) -> AuditLine {
        var line = AuditLine(kind: "gap", at: now)
        line.fields.append("\"reason\":\(quoted(reason))")
        return line
    }

    static func action(_ action: OperatorAction, number: UInt64, at now: Timestamp) -> AuditLine {
        var line = AuditLine(kind: "operator", at: now)
        line.add(action)
        line.fields.append("\"snapshot\":\(number)")
        return line
    }

    private mutating func add(_ action: OperatorAction) {
        switch action {
        case .acknowledge(let target, let by): add("acknowledged", target, by)
        case .withdraw(let target, let by): add("withdrawn", target, by)
        case .silence(let silence):
            add("silenced", silence.target, silence.by)
            fields.append("\"until\":\(quoted(silence.until.rfc3339))")
            fields.append("\"reason\":\(quoted(silence.reason))")
        case .unsilence(let number, let by):
            add("unsilenced", AlertTarget(rule: nil), by)
            fields.append("\"silence\":\(number)")
        }
    }

    private mutating func add(_ state: String, _ target: AlertTarget, _ by: String) {
        fields.append("\"alert\":\(target.rule.map(quoted) ?? "null")")
        fields.append("\"state\":\(quoted(state))")
        fields.append("\"of\":\(quoted(target.group?.description ?? ""))")
        fields.append("\"by\":\(quoted(by))")
    }

    /// An alert went from one state to another.
    static func change(
        _ change: AlertChange, rule: Int, _ definition: AlertDefinition, _ engine: borrowing Engine
    ) -> AuditLine {
        var line = AuditLine(kind: "alert", at: change.transition.at)
        let printed = PrintedAlert(
            definition: definition, change: change, number: engine.number, times: .rfc3339)
        let names = definition.groups.map(\.name)
        line.fields += [
            "\"alert\":\(quoted(definition.name))", "\"state\":\(quoted(printed.state))",
            "\"from\":\(quoted(change.transition.from.rawValue))",
            "\"of\":\(quoted(change.groups.map(\.description).joined(separator: ", ")))",
            "\"groups\":\(Self.groups(change.groups, names))",
            "\"value\":\(auditNumber(change.value))", "\"when\":\(quoted(definition.when.text))",
            "\"rule\":\(quoted(engine.plan.rules[rule].definition))",
        ]
        if let clear = definition.clear { line.fields.append("\"clear\":\(quoted(clear.text))") }
        line.fields.append("\"readings\":\(Self.readings(change, definition))")
        if let window = change.window {
            line.fields.append(
                "\"window\":[\(quoted(window.lowerBound.rfc3339)),"
                    + "\(quoted(window.upperBound.rfc3339))]")
            line.fields.append("\"events\":\(change.events)")
            line.fields.append("\"offsets\":\(Self.offsets(engine, rule, window))")
        }
        line.fields.append("\"streams\":\(Self.streams(engine, definition))")
        line.fields.append("\"snapshot\":\(engine.number)")
        return line
    }

    /// What a rule would have found at a T that has gone by, had a late event been there.
    static func revision(
        _ revision: Revision, _ definition: AlertDefinition, _ number: UInt64
    ) -> AuditLine {
        var line = AuditLine(kind: "revision", at: revision.at)
        let names = definition.groups.map(\.name)
        line.fields += [
            "\"alert\":\(quoted(definition.name))",
            "\"state\":\(quoted(revision.wouldHold ? "would_hold" : "would_not_hold"))",
            "\"of\":\(quoted(revision.group.description))",
            "\"groups\":\(Self.groups([revision.group], names))",
            "\"value\":\(auditNumber(revision.values[0]))",
            "\"former\":\(auditNumber(revision.former[0]))",
            "\"when\":\(quoted(definition.when.text))",
            "\"window\":[\(quoted(revision.window.lowerBound.rfc3339)),"
                + "\(quoted(revision.window.upperBound.rfc3339))]", "\"snapshot\":\(number)",
        ]
        return line
    }

    private static func groups(_ keys: [Key], _ names: [String]) -> String {
        let objects = keys.map { key in
            let fields = zip(names, key.values).map { "\(quoted($0)):\(jsonValue($1))" }
            return "{\(fields.joined(separator: ","))}"
        }
        return "[\(objects.joined(separator: ","))]"
    }

    private static func readings(_ change: AlertChange, _ definition: AlertDefinition) -> String {
        let pairs = zip(definition.readings, change.values).map {
            "\(quoted($0.written)):\(auditNumber($1))"
        }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func offsets(
        _ engine: borrowing Engine, _ rule: Int, _ window: Range<Timestamp>
    ) -> String {
        let ranges = engine.offsets(ofRule: rule, in: window).map { range in
            "{\"source\":\(quoted(range.origin.source)),\"partition\":\(range.origin.partition),"
                + "\"incarnation\":\(range.origin.incarnation),\"first\":\(range.first),"
                + "\"last\":\(range.last)}"
        }
        return "[\(ranges.joined(separator: ","))]"
    }

    /// How far each stream was, and what it had lost by then.
    private static func streams(
        _ engine: borrowing Engine, _ definition: AlertDefinition
    ) -> String {
        let snapshot = engine.snapshot()
        let named = Set(definition.columns.values.map { engine.plan.views[$0.view].stream })
        let objects = named.sorted().map { i in
            let stream = snapshot.streams[i]
            return "{\"stream\":\(quoted(stream.name)),"
                + "\"watermark\":\(quoted(stream.watermark.rfc3339)),"
                + "\"late\":\(stream.books.late),\"dead\":\(stream.books.deadLettered),"
                + "\"dropped\":\(stream.books.dropped)}"
        }
        return "[\(objects.joined(separator: ","))]"
    }
}

/// null where there is none.
func auditNumber(_ x: Double) -> String { x.isFinite ? plainNumber(x) : "null" }
