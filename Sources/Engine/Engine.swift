import Events

/// The engine: a value with one verb.
///
/// `apply` takes one input and returns what it led to. It reads no clock, starts no thread, does
/// no I/O, and depends on nothing but the inputs before; so the same inputs give the same snapshot
/// at each number, in a replay as on the day.
package struct Engine: Sendable {
    package internal(set) var plan: EnginePlan
    /// Of the last input applied; 0 before the first.
    package private(set) var number: UInt64 = 0
    /// The processing time of that input.
    package private(set) var now = Timestamp.beginning
    var streams: [StreamIntake]
    var views: [ViewState]
    var rules: [RuleState]
    /// Of the rules that have one, in their order.
    var sequences: [SequenceState] = []
    var lag: ConsumerLag
    /// The last whole second at which rules of health were evaluated, and the books then and in
    /// the minute before.
    var judgedAt = Int64.min
    var minutes: [BooksMinute]
    var attention = Attention()
    /// Of each sequence on the stream of the batch at hand: the steps that hold for its rows.
    private var followed: [[UInt64]] = []
    private(set) var viewsOfStream: [[Int]]

    package init(plan: EnginePlan) {
        self.plan = plan
        var fields = Array(repeating: FieldTable(), count: plan.streams.count)
        streams = plan.streams.indices.map { StreamIntake(plan.streams[$0], fields: &fields[$0]) }
        let views = plan.views.map {
            ViewState($0, rules: plan.streams[$0.stream], fields: &fields[$0.stream])
        }
        self.views = views
        for case let sequence? in plan.rules.map(\.sequence) {
            sequences.append(SequenceState(sequence, &fields[sequence.stream]))
        }
        for i in streams.indices {
            streams[i].watch(fields[i].uses.map(\.path))
            streams[i].recent = RecentRecords(byteLimit: plan.recentBytes)
            streams[i].recent.isSearched = plan.searched(fields[i].uses, ofStream: i)
        }
        for i in Set(plan.rules.flatMap { $0.streams(plan.views) }) {
            streams[i].spans = BatchSpans()
        }
        var place = 0
        rules = plan.rules.map { rule in
            defer { place += rule.sequence == nil ? 0 : 1 }
            return RuleState(
                rule, views: views, sequence: place, keepsRows: plan.recentBytes > 0)
        }
        lag = ConsumerLag(plan.lag)
        minutes = plan.streams.map { _ in BooksMinute() }
        viewsOfStream = plan.streams.indices.map { stream in
            plan.views.indices.filter { plan.views[$0].stream == stream }
        }
        keepHistory()
    }

    /// Goes on where another engine stands, with another plan of the same streams. A view or rule
    /// that is as it was keeps its state; others begin empty.
    private init(plan: EnginePlan, after former: Engine) {
        self.init(plan: plan)
        (number, now) = (former.number, former.now)
        var fields = Array(repeating: FieldTable(), count: plan.streams.count)
        for i in streams.indices {
            _ = StreamIntake(plan.streams[i], fields: &fields[i])
        }
        let kept = plan.views.map { view in
            former.plan.views.firstIndex { $0.isSame(as: view, former.plan, plan) }
        }
        for i in views.indices {
            let layout = CompiledQuery(plan.views[i].query, &fields[plan.views[i].stream])
            if let known = kept[i] {
                views[i] = former.views[known]
                views[i].rebind(plan.views[i], layout)
            }
        }
        for i in sequences.indices {
            sequences[i].rebind(&fields[sequences[i].rule.stream])
        }
        for i in streams.indices {
            guard let known = former.plan.streams.firstIndex(of: plan.streams[i]) else { continue }
            let spans = streams[i].spans
            streams[i] = former.streams[known]
            streams[i].spans = streams[i].spans ?? spans
            streams[i].watch(fields[i].uses.map(\.path), after: former.streams[known])
            streams[i].recent.changeColumns(plan.searched(fields[i].uses, ofStream: i))
            for view in viewsOfStream[i] where kept[view] == nil { begin(view, of: i) }
        }
        for i in rules.indices {
            let known = former.rules.first { $0.plan.isSame(as: plan.rules[i], kept) }
            if let known { rules[i].continueFrom(known, views: kept) }
            if let known, case .sequence(let place, _, _) = rules[i].source,
                case .sequence(let before, _, _) = known.source
            {
                sequences[place] = former.sequences[before]
                sequences[place].rebind(&fields[sequences[place].rule.stream])
            }
        }
        if plan.lag == former.plan.lag { lag = former.lag }
        (judgedAt, minutes) = (former.judgedAt, former.minutes)
        attention = former.attention
        attention.move(from: former.rules, to: rules)
        keepHistory()
    }

    /// A view that begins while its stream runs: windows that have fired are not its own.
    private mutating func begin(_ view: Int, of stream: Int) {
        for lane in (streams[stream].clock.keys?.members ?? []).indices {
            views[view].resume(
                lane: lane, at: streams[stream].clock.keys!.members[lane].watermark)
        }
        views[view].reached = streams[stream].clock.watermark
        views[view].windows.reached = streams[stream].clock.watermark
    }

    /// Whether every stream is bounded and read to its end: no input will change a result.
    package var hasEnded: Bool { streams.allSatisfy(\.hasEnded) }

    /// Without a snapshot of all else.
    package func books(ofStream index: Int) -> StreamBooks { streams[index].books }

    package mutating func apply(_ input: EngineInput) -> [Effect] {
        precondition(input.number > number, "inputs are applied in the order of their numbers")
        number = input.number
        now = input.receivedAt
        var effects: [Effect] = []
        judgeHealth(at: now, &effects)
        switch input.content {
        case .batch(let batch): take(batch, &effects)
        case .tick:
            for i in streams.indices {
                if streams[i].tick(now) { advance(stream: i, &effects) }
            }
        case .source(let change):
            if let trouble = streams[change.stream].trouble(change) {
                effects.append(.trouble(trouble))
            }
            if streams[change.stream].apply(change, at: now) {
                advance(stream: change.stream, &effects)
            }
        case .loss(let loss): streams[loss.stream].lose(loss)
        case .lag(let sample): lag.apply(sample, at: now)
        case .operator(let action):
            effects.append(.acted(attention.apply(action, number: number, at: now, rules)))
        case .restored(let memory): restore(memory)
        case .plan(let next): self = Engine(plan: next, after: self)
        }
        attend(input.content, &effects)
        return effects
    }

    /// Says which alerts ask for attention since this input, and which no longer do.
    private mutating func attend(_ content: EngineInput.Content, _ effects: inout [Effect]) {
        let hasChanged =
            switch content {
            case .operator, .plan, .restored: true
            default: attention.isDue(at: now) || effects.contains(where: \.isAlert)
            }
        for case .alert(let rule, let change) in effects where change.transition.to == .inactive {
            let isOne = rules[rule].plan.rule.across != nil
            attention.end(AlertPlace(rule: rule, group: isOne ? nil : change.groups.first))
        }
        if hasChanged { effects += attention.refresh(rules, at: now) }
    }

    package func snapshot() -> EngineSnapshot {
        var snapshot = EngineSnapshot(
            number: number, now: now, streams: streams.map { $0.snapshot(at: now) },
            views: views.map {
                $0.snapshot(streams[$0.plan.stream].clock)
            },
            alerts: rules.indices.map { i in
                var alert = rules[i].snapshot {
                    attention.mutes[AlertPlace(rule: i, group: $0)]
                }
                if case .sequence(let place, _, _) = rules[i].source {
                    alert.missed = sequences[place].late + sequences[place].overflowed
                }
                return alert
            }, lag: lag.snapshot(at: now), plan: plan.number)
        snapshot.silences = attention.silences
        return snapshot
    }

    /// Takes a batch in runs of rows between which no window can fire, so that the watermark moves
    /// after each event and yet the work is done by the column.
    private mutating func take(_ batch: ColumnBatch, _ effects: inout [Effect]) {
        let stream = batch.stream
        let partition = streams[stream].clock.partition(of: batch.origin, at: batch.receivedAt)
        streams[stream].receive(batch, in: partition)
        let again = streams[stream].redelivered(batch, in: partition)
        var kept = again.map { $0.map { !$0 } }
        if kept == nil, streams[stream].hasIds {
            kept = [Bool](repeating: true, count: batch.rowCount)
        }
        guard batch.rowCount > 0 else { return }
        var late = [Bool](repeating: false, count: batch.rowCount)
        followed = sequences.map { $0.rule.stream == stream ? $0.bits(batch) : [] }
        var rows = viewsOfStream[stream].map { _ in nil as ViewBatch? }
        if let column = streams[stream].clockColumn {
            take(batch, partition, &kept, &rows, &late, byColumn: column, &effects)
            return close(batch, kept, late)
        }
        var start = 0
        while start < batch.rowCount {
            let end = runEnd(batch, from: start, stream: stream, partition: partition)
            if kept != nil { streams[stream].dropDuplicates(start..<end, of: batch, &kept!) }
            aggregate(start..<end, of: batch, partition, kept, &rows, &late, &effects)
            move(batch, start..<end, kept, stream, partition, &effects)
            start = end
        }
        close(batch, kept, late)
    }

    private mutating func close(_ batch: ColumnBatch, _ kept: [Bool]?, _ late: [Bool]) {
        streams[batch.stream].accept(batch, kept: kept)
        streams[batch.stream].books.late += UInt64(late.count { $0 })
    }

    /// The end of the run that begins at `start`: past the first row that may move the watermark
    /// over a boundary.
    private func runEnd(
        _ batch: ColumnBatch, from start: Int, stream: Int, partition: Int
    ) -> Int {
        let quiet = streams[stream].clock.quietTime(of: partition, until: boundary(of: stream))
        return batch.times.withUnsafeBufferPointer { times in
            var row = start
            while row < times.count, times[row] <= quiet { row += 1 }
            return min(row + 1, times.count)
        }
    }

    /// The lowest watermark above the stream's at which anything happens.
    func boundary(of stream: Int) -> Int64 {
        let watermark = streams[stream].clock.watermark
        var boundary = streams[stream].dedupBoundary
        for i in viewsOfStream[stream] {
            boundary = min(boundary, views[i].boundary(after: watermark))
        }
        for rule in rules where rule.streams.contains(stream) {
            boundary = min(boundary, rule.boundary(after: watermark))
        }
        return boundary
    }

    mutating func viewBatch(
        _ batch: ColumnBatch, _ partition: Int, _ view: Int
    ) -> ViewBatch {
        views[view].begin(
            batch, partition: partition, origins: streams[batch.stream].clock.origins)
    }

    mutating func aggregate(
        _ range: Range<Int>, of batch: ColumnBatch, _ partition: Int, _ kept: [Bool]?,
        _ rows: inout [ViewBatch?], _ late: inout [Bool], _ effects: inout [Effect]
    ) {
        let watermark = streams[batch.stream].clock.watermark
        let first = effects.count
        for (i, view) in viewsOfStream[batch.stream].enumerated() {
            if rows[i] == nil { rows[i] = viewBatch(batch, partition, view) }
            views[view].aggregate(
                range, of: rows[i]!, kept: kept, watermark: watermark, late: &late
            ) { effects.append(.pane($0.of(view))) }
        }
        for i in sequences.indices where sequences[i].rule.stream == batch.stream {
            sequences[i].take(
                range, of: batch, followed[i], kept: kept, partition: partition,
                watermark: watermark)
        }
        if effects.count > first, !rules.isEmpty { revise(from: first, &effects) }
    }

    /// Moves the watermark by the events of a run, and fires what is due. A duplicate says nothing
    /// new, also about time.
    private mutating func move(
        _ batch: ColumnBatch, _ range: Range<Int>, _ kept: [Bool]?, _ stream: Int,
        _ partition: Int, _ effects: inout [Effect]
    ) {
        let rose: Bool
        if let kept {
            let times = range.filter { kept[$0] }.map { batch.times[$0] }
            if times.isEmpty { return }
            rose = streams[stream].clock.observe(times, in: partition, at: batch.receivedAt)
        } else {
            rose = streams[stream].clock.observe(
                batch.times[range], in: partition, at: batch.receivedAt)
        }
        if rose { advance(stream: stream, &effects) }
    }

    /// Fires what is due up to the stream's watermark. Rules see their views as they are at T, so
    /// the views go there first, T by T.
    mutating func advance(stream: Int, _ effects: inout [Effect]) {
        streams[stream].watermarkRose()
        let watermark = streams[stream].clock.watermark
        for i in sequences.indices where sequences[i].rule.stream == stream {
            sequences[i].advance(to: watermark, streams[stream].clock.origins)
        }
        while let (t, due) = nextRules(on: stream) {
            // The views of the rules alone, so that a rule changes nothing for the others.
            let read = Set(due.flatMap { rules[$0].operands.map(\.view) })
            fire(viewsOfStream[stream].filter(read.contains), to: t - 1, atEnd: false, &effects)
            var shared = SharedRows(at: t)
            for i in due { evaluate(rule: i, at: t, &shared, &effects) }
        }
        for i in rules.indices where rules[i].streams.contains(stream) {
            rules[i].pass { streams[$0].clock.watermark }
        }
        fire(viewsOfStream[stream], to: watermark, atEnd: watermark == .max, &effects)
    }

    private mutating func evaluate(
        rule i: Int, at t: Int64, _ shared: inout SharedRows, _ effects: inout [Effect]
    ) {
        guard case .sequence(let place, _, _) = rules[i].source else {
            return rules[i].evaluate(at: t, views, &shared) { effects.append(.alert(i, $0)) }
        }
        rules[i].evaluate(at: t, &sequences[place]) { effects.append(.alert(i, $0)) }
    }

    private mutating func fire(
        _ views: [Int], to watermark: Int64, atEnd: Bool, _ effects: inout [Effect]
    ) {
        for view in views {
            // Where keys have clocks of their own, one may have become idle since.
            if self.views[view].reached >= watermark, self.views[view].lanes.isEmpty { continue }
            let target = max(watermark, self.views[view].reached)
            let clock = streams[plan.views[view].stream].clock
            self.views[view].advance(to: target, clock, atEnd: atEnd) {
                effects.append(.pane($0.of(view)))
            }
        }
    }

    /// The next T at which rules that name the stream are due, and those rules.
    private func nextRules(on stream: Int) -> (t: Int64, due: [Int])? {
        let instants = rules.map { rule in
            rule.streams.contains(stream)
                ? rule.nextInstant(views, sequences) { streams[$0].clock.watermark } : nil
        }
        guard let t = instants.compactMap({ $0 }).min() else { return nil }
        return (t, instants.indices.filter { instants[$0] == t })
    }
}

extension Effect {
    fileprivate var isAlert: Bool { if case .alert = self { true } else { false } }
}

extension FiredPane {
    func of(_ view: Int) -> FiredPane {
        var fired = self
        fired.view = view
        return fired
    }
}
