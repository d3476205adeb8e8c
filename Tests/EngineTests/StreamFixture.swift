import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// An event with any fields; one that isn't there is missing.
struct FieldEvent: Hashable {
    /// In nanoseconds.
    var time: Int64
    var fields: [String: Scalar]
    var origin = Origin(source: "t")
    var offset: Int64 = 0

    /// Its group by these fields.
    func key(by names: [String]) -> Key { Key(names.map { fields[$0] ?? .null }) }
}

/// One stream `s`, of sources with partitions, and views on it written as queries. What is sent
/// is in batches as a decoder makes them.
struct StreamFixture {
    private(set) var engine: Engine
    private(set) var panes: [FiredPane] = []
    private(set) var alerts: [AlertChange] = []
    private var columns: [BatchColumn]
    private let sources: [String]
    private var number: UInt64 = 0
    private var now: Int64 = 0

    /// `origins`: of the partitions that are known from the start. `sharing`: whether batches have
    /// their dictionaries from the one before.
    init(
        _ queries: String..., origins: [Origin] = [Origin(source: "t")], bounded: Bool = true,
        sharing: Bool = true, keyLimit: Int = ViewPlan.defaultKeyLimit, rules: [RulePlan] = [],
        _ change: (inout StreamRules) -> Void = { _ in }
    ) throws {
        var stream = StreamRules(name: "s", isBounded: bounded)
        change(&stream)
        let views = try queries.enumerated().map { i, text in
            ViewPlan(
                name: "v\(i)", stream: 0, query: try Query(parsing: text), keyLimit: keyLimit)
        }
        let plan = EnginePlan(streams: [stream], views: views, rules: rules)
        engine = Engine(plan: plan)
        columns = plan.fields(ofStream: 0).enumerated().map {
            BatchColumn($1, number: sharing ? UInt64($0 + 1) : 0)
        }
        sources = Set(origins.map(\.source)).sorted()
        for source in sources {
            let partitions = origins.filter { $0.source == source }.map(\.partition)
            tell(source, .opened(partitions: partitions))
        }
    }

    /// In batches of at most so many events, each of one origin and of ascending offsets.
    mutating func send(_ events: [FieldEvent], batch limit: Int = .max) {
        var start = 0
        for i in events.indices.dropFirst() {
            let (last, next) = (events[i - 1], events[i])
            let fits = last.origin == next.origin && last.offset < next.offset
            if fits, i - start < limit { continue }
            send(batch: events[start..<i])
            start = i
        }
        if start < events.count { send(batch: events[start...]) }
    }

    private mutating func send(batch events: ArraySlice<FieldEvent>) {
        let first = events.first!
        for i in columns.indices { columns[i].fill(events) }
        let batch = ColumnBatch(
            stream: 0, origin: first.origin, firstOffset: first.offset, receivedAt: stamp,
            lines: events.map { UInt32($0.offset - first.offset) }, times: events.map(\.time),
            columns: columns.map(\.column))
        apply(.batch(batch))
    }

    /// Processing time goes on, which a bounded stream doesn't look at.
    mutating func tick(after seconds: Int64) {
        now += seconds * 1_000_000_000
        apply(.tick)
    }

    mutating func end() { for source in sources { tell(source, .ended) } }

    private mutating func tell(_ source: String, _ state: SourceChange.State) {
        apply(.source(SourceChange(stream: 0, source: source, state: state)))
    }

    private var stamp: Timestamp { Timestamp(rawValue: now) }

    private mutating func apply(_ content: EngineInput.Content) {
        number += 1
        let input = EngineInput(number: number, receivedAt: stamp, content: content)
        for effect in engine.apply(input) {
            switch effect {
            case .pane(let pane): panes.append(pane)
            case .alert(_, let change): alerts.append(change)
            case .trouble, .attention, .acted, .revision: break
            }
        }
    }

    func view(_ index: Int = 0) -> ViewSnapshot { engine.snapshot().views[index] }
}

/// A batch's column, with the dictionary that it has in common with the batches before.
private struct BatchColumn {
    private let use: FieldUse
    private(set) var column = Column()
    private var codes: [Scalar: UInt32] = [.null: 0]

    /// `number`: of the dictionary; 0: each batch has its own.
    init(_ use: FieldUse, number: UInt64) {
        self.use = use
        column.dictionaryNumber = number
    }

    mutating func fill(_ events: ArraySlice<FieldEvent>) {
        let values = events.map { $0.fields[use.path.name] }
        column.kinds = values.map(\.kind)
        if use.asNumber { column.numbers = values.map { $0?.numberOrNaN ?? .nan } }
        guard use.asCode else { return }
        if column.dictionaryNumber == 0 { (codes, column.dictionary) = ([.null: 0], [.null]) }
        column.codes = values.map { code(of: $0 ?? .null) }
    }

    private mutating func code(of value: Scalar) -> UInt32 {
        if let known = codes[value] { return known }
        column.dictionary.append(value)
        codes[value] = UInt32(column.dictionary.count - 1)
        return codes[value]!
    }
}

extension Scalar? {
    fileprivate var kind: Column.Kind {
        switch self {
        case nil: .missing
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .string
        }
    }
}

/// A row of a pane, with times in nanoseconds, as tests compare it.
struct ViewRow: Hashable {
    var kind: Pane.Kind
    var window: Range<Int64>
    var key: Key
    var count: UInt64
    /// The bits of each; nil is null.
    var bits: [UInt64?]
    var replaces: [Range<Int64>] = []

    init(
        _ kind: Pane.Kind, _ window: Range<Int64>, _ key: Key, count: UInt64, values: [Double],
        replaces: [Range<Int64>] = []
    ) {
        self.kind = kind
        self.window = window
        self.key = key
        self.count = count
        bits = values.map { $0.isNaN ? nil : $0.bitPattern }
        self.replaces = replaces
    }

    var values: [Double?] { bits.map { $0.map { Double(bitPattern: $0) } } }
}

extension ViewRow: CustomStringConvertible {
    /// `on_time [0,10) a n=2 [1.0, –]`, times in seconds.
    var description: String {
        let numbers = values.map { $0.map { plainNumber($0) } ?? "–" }.joined(separator: ", ")
        let old = replaces.map(Self.text).joined(separator: " ")
        return "\(kind.rawValue) \(Self.text(window)) \(key) n=\(count) [\(numbers)]"
            + (old.isEmpty ? "" : " for \(old)")
    }

    private static func text(_ window: Range<Int64>) -> String {
        "[\(plainNumber(Double(window.lowerBound) / 1e9)),"
            + "\(plainNumber(Double(window.upperBound) / 1e9)))"
    }
}

extension Pane {
    /// Those with events, or all, by key. Those of a key that is forgotten are left out.
    func rows(_ keys: [Key?], empty: Bool = false) -> [ViewRow] {
        slots.indices.filter { empty || counts[$0] > 0 }.compactMap { row in
            keys[Int(slots[row])].map { key in
                ViewRow(
                    kind, start.rawValue..<end.rawValue, key, count: counts[row],
                    values: values.map { $0[row] },
                    replaces: replaces.map { $0.lowerBound.rawValue..<$0.upperBound.rawValue })
            }
        }.sorted { $0.key < $1.key }
    }
}

extension StreamFixture {
    /// What fired, in its order; within a pane by key.
    func rows(_ kinds: Pane.Kind..., view: Int = 0, empty: Bool = false) -> [ViewRow] {
        panes.filter { $0.view == view && (kinds.isEmpty || kinds.contains($0.pane.kind)) }
            .flatMap { $0.pane.rows($0.keys, empty: empty) }
    }

    /// The same of the panes that are kept.
    func history(view: Int = 0) -> [ViewRow] {
        let view = self.view(view)
        return view.history.flatMap { $0.rows(view.keys) }
    }
}

extension StreamFixture {
    /// All that there is to see of the first view: what is kept and running, slots, books, what
    /// fired, and alerts.
    var picture: [String] {
        let view = view()
        return [
            "\(view.history)", "\(view.early)", "\(view.keys)", "\(view.keysSince)",
            "\(view.books)", "\(panes.map(\.pane))", "\(alerts.map(AlertFixture.words))",
        ]
    }
}

/// Says where the pictures of two runs part.
func compare(_ pictures: [[String]], _ story: String) {
    for other in pictures.dropFirst() {
        for (a, b) in zip(pictures[0], other) where a != b {
            let same = zip(a, b).prefix { $0 == $1 }.count
            let parts = [a, b].map { $0.dropFirst(max(0, same - 200)).prefix(400) }
            Issue.record("\(story)\n\(parts[0])\n\(parts[1])")
        }
    }
}
