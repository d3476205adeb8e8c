import Events

/// How long the events of a stream take: from each stage to the next, from the last one until weir
/// received their bytes, and all the way.
///
/// Stages are times inside an event. An event without one of them takes no part in the steps that
/// it bounds. A bounded input was written some time ago, and when it is read says nothing of how
/// long its events took: there the last stage is the end of the way. Without stages a live stream
/// has one step, from the event's time.
struct StageLatency: Sendable {
    static let stageLimit = 16
    static let bins = 40

    /// As they are shown; the last one is `received`, unless the input is bounded.
    private let names: [String]
    /// Of each stage: its column.
    private let columns: [Int]
    private let endsReceived: Bool
    private var steps: [StepTally]
    private var whole = StepTally()
    private var incomplete: UInt64 = 0

    init(_ rules: StreamRules, fields: inout FieldTable) {
        columns = rules.stages.map { fields.time($0) }
        endsReceived = !rules.isBounded
        let stages = rules.stages.isEmpty ? ["event time"] : rules.stages.map(\.stageName)
        names = stages + (endsReceived ? ["received"] : [])
        steps = Array(repeating: StepTally(), count: max(0, names.count - 1))
    }

    /// `kept`: which rows are no repetitions; nil: all.
    mutating func add(_ batch: ColumnBatch, kept: [Bool]?) {
        guard !steps.isEmpty, batch.rowCount > 0 else { return }
        let now = batch.receivedAt
        for i in steps.indices {
            let place = steps[i].cell(at: now)
            each(batch, kept, from: i, to: i + 1) { steps[i].add(from: $0, to: $1, in: place) }
        }
        let place = whole.cell(at: now)
        each(batch, kept, from: 0, to: names.count - 1) { whole.add(from: $0, to: $1, in: place) }
        countIncomplete(batch, kept)
    }

    func snapshot(at now: Timestamp) -> LatencySnapshot {
        guard !steps.isEmpty else { return LatencySnapshot() }
        return LatencySnapshot(
            steps: steps.enumerated().map { i, tally in
                tally.step(from: names[i], to: names[i + 1], at: now, bins: 0)
            },
            whole: whole.step(from: names[0], to: names.last!, at: now, bins: Self.bins),
            incomplete: incomplete)
    }

    /// The times of two stages of each row that has both.
    @inline(__always)
    private func each(
        _ batch: ColumnBatch, _ kept: [Bool]?, from a: Int, to b: Int,
        _ body: (Int64, Int64) -> Void
    ) {
        let starts = times(of: a, in: batch)
        guard endsReceived, b == names.count - 1 else {
            let ends = times(of: b, in: batch)
            for row in 0..<batch.rowCount where kept?[row] ?? true {
                guard starts[row] != .min, ends[row] != .min else { continue }
                body(starts[row], ends[row])
            }
            return
        }
        for row in 0..<batch.rowCount where kept?[row] ?? true {
            if starts[row] != .min { body(starts[row], batch.receivedAt.rawValue) }
        }
    }

    private func times(of stage: Int, in batch: ColumnBatch) -> [Int64] {
        columns.isEmpty ? batch.times : batch.columns[columns[stage]].times
    }

    private mutating func countIncomplete(_ batch: ColumnBatch, _ kept: [Bool]?) {
        for row in 0..<batch.rowCount where kept?[row] ?? true {
            if columns.contains(where: { batch.columns[$0].times[row] == .min }) {
                incomplete += 1
            }
        }
    }
}

extension FieldPath {
    /// `stages.broker` is shown as `broker`.
    fileprivate var stageName: String {
        for case .name(let name) in steps.reversed() { return name }
        return name
    }
}
