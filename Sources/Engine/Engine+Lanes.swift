import Events

/// Streams with `watermark_by`: each event moves the clock of its key, and fires what that makes
/// due, before the next one is taken.
extension Engine {
    mutating func take(
        _ batch: ColumnBatch, _ partition: Int, _ kept: inout [Bool]?, _ rows: inout [ViewBatch?],
        _ late: inout [Bool], byColumn column: Int, _ effects: inout [Effect]
    ) {
        let stream = batch.stream
        let column = batch.columns[column]
        /// Of each code: −1 goes by its partition, −2 has not been asked.
        var lanes = [Int](repeating: -2, count: column.dictionary.count)
        var boundary = boundary(of: stream)
        for row in 0..<batch.rowCount {
            if kept != nil {
                streams[stream].dropDuplicates(row..<row + 1, of: batch, &kept!)
                if !kept![row] { continue }
            }
            let code = Int(column.codes[row])
            if lanes[code] == -2 {
                lanes[code] =
                    streams[stream].clock.key(
                        column.dictionary[code], at: batch.receivedAt) ?? -1
            }
            guard lanes[code] >= 0 else {
                aggregate(row..<row + 1, of: batch, partition, nil, &rows, &late, &effects)
                _ = streams[stream].clock.observe(
                    batch.times[row], key: nil, in: partition, at: batch.receivedAt)
                advance(stream: stream, past: &boundary, &effects)
                continue
            }
            take(row, of: batch, lane: lanes[code], partition, &rows, &late, &effects)
            advance(stream: stream, past: &boundary, &effects)
        }
    }

    private mutating func take(
        _ row: Int, of batch: ColumnBatch, lane: Int, _ partition: Int,
        _ rows: inout [ViewBatch?], _ late: inout [Bool], _ effects: inout [Effect]
    ) {
        let stream = batch.stream
        let before = streams[stream].clock.keys!.members[lane]
        for (i, view) in viewsOfStream[stream].enumerated() {
            if before.state == .idle || before.watermark == .min {
                views[view].resume(lane: lane, at: before.watermark)
            }
            if rows[i] == nil { rows[i] = viewBatch(batch, partition, view) }
            views[view].aggregate(
                row, of: rows[i]!, lane: lane, own: before.watermark,
                stream: streams[stream].clock.watermark, late: &late
            ) { effects.append(.pane($0.of(view))) }
        }
        _ = streams[stream].clock.observe(
            batch.times[row], key: lane, in: partition, at: batch.receivedAt)
        let own = streams[stream].clock.keys!.members[lane].watermark
        guard own > before.watermark else { return }
        for view in viewsOfStream[stream] where views[view].grid != nil {
            views[view].advance(lane: lane, to: own, own: own) {
                effects.append(.pane($0.of(view)))
            }
        }
    }

    private mutating func advance(
        stream: Int, past boundary: inout Int64, _ effects: inout [Effect]
    ) {
        guard streams[stream].clock.watermark >= boundary else { return }
        advance(stream: stream, &effects)
        boundary = self.boundary(of: stream)
    }
}
