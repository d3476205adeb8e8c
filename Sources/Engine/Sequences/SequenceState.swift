import Alerting
import Events
import Queries

/// The events that a sequence waits for, and its matches: per group, in the order of event time.
///
/// Events come in any order, so those for which a step's condition holds are kept until the
/// stream's watermark has reached them; then they go to the group's machine, ties by source name,
/// partition, incarnation and offset. One behind the watermark is late, and counted.
struct SequenceState {
    /// Events of a group that wait for the watermark; past it new ones are dropped, and counted.
    static let bufferLimit = 1000
    static let groupLimit = 10_000

    fileprivate struct Event {
        var place: EventPlace
        var bits: UInt64
    }

    struct Group {
        var machine = SequenceMachine()
        fileprivate var waiting: [Event] = []
    }

    let rule: SequenceRule
    private let pattern: SequenceMachine.Pattern
    private var steps: [PredicateProgram]
    private var keyColumns: [Int]
    private var groups: [Key: Group] = [:]
    /// Matches that no evaluation has seen, in the order of their ends.
    private(set) var matches: [(key: Key, match: SequenceMachine.Match)] = []
    /// Of events that wait.
    private var lowest = Int64.max
    private(set) var highest = Int64.min
    /// Events that came too late, or past a limit.
    private(set) var late: UInt64 = 0
    private(set) var overflowed: UInt64 = 0

    init(_ rule: SequenceRule, _ fields: inout FieldTable) {
        self.rule = rule
        pattern = SequenceMachine.Pattern(rule)
        (steps, keyColumns) = Self.layout(rule, &fields)
    }

    private static func layout(
        _ rule: SequenceRule, _ fields: inout FieldTable
    ) -> ([PredicateProgram], [Int]) {
        let steps = rule.steps.map { PredicateProgram($0.condition, &fields) }
        return (steps, rule.keys.map { fields.code($0) })
    }

    /// Batches have other columns from now on.
    mutating func rebind(_ fields: inout FieldTable) {
        (steps, keyColumns) = Self.layout(rule, &fields)
    }

    /// Of each row, the steps whose condition holds.
    func bits(_ batch: ColumnBatch) -> [UInt64] {
        var rows = Evaluation(batch)
        var bits = [UInt64](repeating: 0, count: batch.rowCount)
        for (i, step) in steps.enumerated() {
            let truths = step.evaluate(&rows)
            for row in truths.indices where truths[row] { bits[row] |= 1 << UInt64(i) }
        }
        return bits
    }

    /// Takes the rows of a range that some step names; `watermark` is the stream's before them.
    mutating func take(
        _ range: Range<Int>, of batch: ColumnBatch, _ bits: [UInt64], kept: [Bool]?,
        partition: Int, watermark: Int64
    ) {
        for row in range where bits[row] != 0 && kept?[row] ?? true {
            let time = batch.times[row]
            guard time > watermark else {
                late += 1
                continue
            }
            let key = Key(
                keyColumns.map {
                    batch.columns[$0].dictionary[Int(batch.columns[$0].codes[row])]
                })
            guard groups[key] != nil || groups.count < Self.groupLimit,
                groups[key]?.waiting.count ?? 0 < Self.bufferLimit
            else {
                overflowed += 1
                continue
            }
            let place = EventPlace(
                time: time,
                origin: EventPlace.origin(
                    partition: partition, incarnation: batch.origin.incarnation),
                offset: batch.firstOffset + Int64(batch.lines[row]))
            groups[key, default: Group()].waiting.append(Event(place: place, bits: bits[row]))
            lowest = min(lowest, time)
            highest = max(highest, time)
        }
    }

    /// The watermark has come so far: what waited for it goes on.
    mutating func advance(to watermark: Int64, _ origins: [Origin]) {
        guard lowest <= watermark || pattern.endsByTime else { return }
        var found: [(key: Key, match: SequenceMachine.Match)] = []
        lowest = .max
        for key in groups.keys.sorted() {
            var group = groups[key]!
            for match in group.advance(to: watermark, origins, pattern) {
                found.append((key, match))
            }
            lowest = min(lowest, group.lowest)
            overflowed += group.machine.takeDropped()
            groups[key] = group.isEmpty ? nil : group
        }
        matches += found.sorted { ($0.match.end, $0.key) < ($1.match.end, $1.key) }
    }

    /// The end of the first match that no evaluation has seen.
    var nextEnd: Int64? { matches.first?.match.end.rawValue }

    /// Groups with matches that ended before T, each with its last one; they are seen then. One
    /// that ends at T is of the next: an event of that instant may still come.
    mutating func rows(at t: Int64) -> RuleRows {
        var rows = RuleRows(width: 1)
        let seen = matches.prefix { $0.match.end.rawValue < t }
        matches.removeFirst(seen.count)
        rows.isInReach = !seen.isEmpty
        var last: [Key: (count: Int, match: SequenceMachine.Match)] = [:]
        for (key, match) in seen { last[key] = ((last[key]?.count ?? 0) + 1, match) }
        for (key, found) in last.sorted(by: { $0.key < $1.key }) {
            let end = found.match.end + Nanoseconds(rawValue: 1)
            rows.append(
                key, [Double(found.count)], window: found.match.start..<end,
                count: UInt64(rule.steps.count { !$0.isAbsent }))
        }
        return rows
    }
}

extension SequenceState.Group {
    fileprivate var isEmpty: Bool { waiting.isEmpty && machine.isEmpty }

    fileprivate var lowest: Int64 { waiting.lazy.map(\.place.time).min() ?? .max }

    fileprivate mutating func advance(
        to watermark: Int64, _ origins: [Origin], _ pattern: SequenceMachine.Pattern
    ) -> [SequenceMachine.Match] {
        let due = waiting.filter { $0.place.time <= watermark }
            .sorted { $0.place.isBefore($1.place, origins) }
        if !due.isEmpty { waiting.removeAll { $0.place.time <= watermark } }
        var matches: [SequenceMachine.Match] = []
        for event in due {
            matches += machine.take(
                event.bits, at: Timestamp(rawValue: event.place.time), pattern)
        }
        let now = Timestamp(rawValue: watermark)
        return matches + machine.pass(to: now, includingIt: true, pattern)
    }
}
