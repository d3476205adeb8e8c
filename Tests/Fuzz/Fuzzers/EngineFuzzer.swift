import Decoding
import Engine
import Events
import Queries

/// The first line is a query, the others are events. However they come, the books balance; and
/// where chunks are cut changes no result.
@Sendable func readEvents(_ bytes: UnsafeRawBufferPointer) {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    let text = String(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
    guard let query = try? Query(parsing: text), query.isCheap else { return }
    let events = UnsafeRawBufferPointer(rebasing: bytes[min(end + 1, bytes.count)...])
    var whole = EngineRun(query)
    whole.take(events, at: 0)
    whole.end()
    var cut = EngineRun(query)
    for (i, line) in lines(events).enumerated() { cut.take(line, at: i) }
    cut.end()
    expect(whole.panes == cut.panes, "\(whole.panes)\nat once, and one by one\n\(cut.panes)")
}

extension Query {
    /// Panes at each 100 ms at most, so that a jump in time doesn't make a million empty ones.
    fileprivate var isCheap: Bool {
        guard case .hopping(let size, let hop)? = window else { return true }
        return hop >= .milliseconds(100) && size.rawValue / hop.rawValue <= 100
    }
}

/// A stream with one view, from its first event to its end.
private struct EngineRun {
    private var engine: Engine
    private var decoder: RecordDecoder
    private var number: UInt64 = 0
    private(set) var panes: [FiredRows] = []

    init(_ query: Query) {
        var rules = StreamRules(name: "s", isBounded: true)
        rules.outOfOrderness = .seconds(1)
        rules.allowedLateness = .seconds(2)
        rules.forgetAfter = (query.window?.length ?? .zero) + .seconds(5)
        rules.id = FieldPath("id")
        rules.dedupWindow = Nanoseconds(rawValue: .max)
        let view = ViewPlan(name: "v", stream: 0, query: query, keyLimit: 4)
        let plan = EnginePlan(streams: [rules], views: [view])
        engine = Engine(plan: plan)
        let time = TimeField.field(FieldPath("t"), TimeFormat(unit: .ms))
        decoder = RecordDecoder(fields: plan.fields(ofStream: 0), time: time)
        apply(.source(SourceChange(stream: 0, source: "fuzz", state: .opened(partitions: [0]))))
    }

    mutating func take(_ bytes: some Collection<UInt8>, at line: Int) {
        let chunk = Chunk(Array(bytes) + [0x0A], offset: line)
        apply(.batch(decoder.decode(chunk, latest: .end)))
        let snapshot = engine.snapshot()
        let (books, view) = (snapshot.streams[0].books, snapshot.views[0])
        expect(books.balance, "\(books) balance")
        expect(view.books.total == books.accepted, "\(view.books) are of \(books)")
        for pane in view.history + view.early { check(pane, view.aggregateNames.count) }
    }

    mutating func end() {
        apply(.source(SourceChange(stream: 0, source: "fuzz", state: .ended)))
        apply(.tick)
        expect(engine.hasEnded, "a stream that was read to its end has ended")
    }

    private mutating func apply(_ content: EngineInput.Content) {
        number += 1
        let effects = engine.apply(EngineInput(number: number, receivedAt: now, content: content))
        for case .pane(let fired) in effects {
            check(fired.pane, fired.pane.values.count)
            panes.append(FiredRows(fired))
        }
    }

    private func check(_ pane: Pane, _ columns: Int) {
        let rows = pane.slots.count
        expect(pane.counts.count == rows && pane.values.count == columns, "\(pane) has its rows")
        expect(zip(pane.slots, pane.slots.dropFirst()).allSatisfy(<), "\(pane) is in order")
        for values in pane.values {
            expect(values.count == rows, "\(pane) has its rows")
            expect(values.allSatisfy { $0.isFinite || $0.isNaN }, "\(pane) has finite numbers")
        }
    }
}

/// What fired, in a form that compares: null equals null, and only keys with a row count.
private struct FiredRows: Equatable {
    var span: Range<Timestamp>?
    var kind: Pane.Kind
    var keys: [Key?]
    var counts: [UInt64]
    var values: [[UInt64]]

    init(_ fired: FiredPane) {
        let pane = fired.pane
        span = pane.start < pane.end ? pane.start..<pane.end : nil
        kind = pane.kind
        keys = pane.slots.map { fired.keys[Int($0)] }
        counts = pane.counts
        values = pane.values.map { $0.map(\.bitPattern) }
    }
}
