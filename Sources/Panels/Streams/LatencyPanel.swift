import Engine
import Events
import Screen

/// How long a stream's events take: a bar per step, each beginning where the former ends, the
/// slowest one named; and the whole way as percentiles and a histogram.
///
/// Bars and values are 95th percentiles of the last minute, or where that had no events, since the
/// start. With little height there is the slowest step alone, then only the percentiles.
struct LatencyPanel {
    let title: String?
    let latency: LatencySnapshot
    /// What an empty panel waits for: the stream's source.
    let from: String
    let isFocused: Bool

    func draw(in rect: Rect, on grid: inout Grid) {
        let box = Box(
            title: CleanText(title ?? way), note: CleanText(note), isFocused: isFocused)
        let inside = box.draw(in: rect, on: &grid)
        guard !inside.isEmpty else { return }
        guard let whole = latency.whole, total(whole).count + whole.skewed > 0 else {
            grid.write(waiting, in: inside, line: inside.height / 2, .center, style: Style(.dim))
            return
        }
        let body = inside.inset(columns: 1, rows: 0)
        var row = body.row
        for step in shownSteps(rows: body.height - 1) {
            draw(step, in: line(row, of: body), on: &grid)
            row += 1
        }
        let percentiles = CleanText(percentiles(of: whole))
        let used = grid.write(
            percentiles.truncated(to: body.width), column: body.column, row: row,
            style: Style(.text, bold: true), width: body.width)
        let rest = body.endRow - row - 1
        if rest < 2 {
            drawHistogram(
                of: whole,
                in: Rect(
                    column: body.column + used + 2, row: row,
                    width: min(20, body.width - used - 2), height: 1), on: &grid)
        }
        row += 1
        if let skew, row < body.endRow {
            grid.write(
                CleanText(skew).truncated(to: body.width), column: body.column, row: row,
                style: Style(.warn), width: body.width)
            row += 1
        }
        let room = Rect(
            column: body.column, row: row, width: body.width, height: body.endRow - row)
        if rest >= 2, room.height >= 2 { drawScaledHistogram(of: whole, in: room, on: &grid) }
    }

    private func line(_ row: Int, of body: Rect) -> Rect {
        Rect(column: body.column, row: row, width: body.width, height: 1)
    }

    // MARK: Words

    private var way: String {
        latency.whole.map { "latency \($0.from) → \($0.to)" } ?? "latency"
    }

    private var isRecent: Bool { (latency.whole?.recent.count ?? 0) > 0 }

    private var note: String {
        guard let whole = latency.whole, total(whole).count > 0 else { return "" }
        let count = compactNumber(Double(total(whole).count))
        return isRecent ? "p95 of \(count) in the last minute" : "p95 of \(count) since the start"
    }

    private var waiting: CleanText {
        latency.whole == nil
            ? "a file has a latency only between `stages` of its stream"
            : CleanText("waiting for events from \(from)")
    }

    private func percentiles(of step: LatencyStep) -> String {
        let shown = total(step)
        let values = [
            ("p50", shown.p50), ("p95", shown.p95), ("p99", shown.p99), ("max", shown.max),
        ]
        return values.map { "\($0) \(text($1))" }.joined(separator: "  ")
    }

    /// Of every step: clocks that differ are the same ones all the way.
    private var skew: String? {
        let worst = (latency.steps + [latency.whole].compactMap { $0 }).max {
            $0.skewed < $1.skewed
        }
        guard let worst, worst.skewed > 0 else { return nil }
        return "clock skew \(worst.from)→\(worst.to): \(compactNumber(Double(worst.skewed))) "
            + "events, by up to \(compactDuration(worst.largestSkew.rawValue))"
    }

    private func text(_ nanoseconds: Double?) -> String {
        compactDuration(nanoseconds.map { Int64(min($0, 9e18)) }, width: 6)
    }

    /// What is shown of a step.
    private func total(_ step: LatencyStep) -> LatencyDistribution {
        isRecent ? step.recent : step.total
    }

    // MARK: The waterfall

    /// All steps in `rows` lines, or else the slowest.
    private func shownSteps(rows: Int) -> [Int] {
        if latency.steps.count > 1, latency.steps.count <= rows {
            return Array(latency.steps.indices)
        }
        return rows > 0 ? latency.slowest.map { [$0] } ?? [] : []
    }

    private func draw(_ index: Int, in line: Rect, on grid: inout Grid) {
        let step = latency.steps[index]
        let names = latency.steps.map { CleanText("\($0.from)→\($0.to)").width }
        let nameWidth = min(names.max() ?? 0, max(8, line.width / 3), max(0, line.width - 7))
        let isSlowest = index == latency.slowest
        let style = isSlowest ? Style(.warn, bold: true) : Style(.text)
        grid.write(
            CleanText("\(step.from)→\(step.to)").truncated(to: nameWidth), column: line.column,
            row: line.row, style: isSlowest ? style : Style(.dim), width: nameWidth)
        let value = CleanText(text(total(step).p95) + (isSlowest ? "  slowest" : "         "))
        let barWidth = line.width - nameWidth - value.width - 2
        guard barWidth >= 4 else {
            let short = CleanText(text(total(step).p95))
            grid.write(short, in: line, .trailing, style: style)
            return
        }
        let bar = Rect(
            column: line.column + nameWidth + 1, row: line.row, width: barWidth, height: 1)
        drawBar(index, in: bar, role: isSlowest ? .warnArea : .accent, on: &grid)
        grid.write(
            value, column: bar.endColumn + 1, row: line.row, style: style, width: value.width)
    }

    /// To an eighth of a cell at its end; at least that, so that no step is invisible.
    private func drawBar(_ index: Int, in bar: Rect, role: Role, on grid: inout Grid) {
        let lengths = latency.steps.map { total($0).p95 ?? 0 }
        let sum = lengths.reduce(0, +)
        guard sum > 0, total(latency.steps[index]).p95 != nil else { return }
        let scale = Double(bar.width) / sum
        let begin = min(bar.width - 1, Int(lengths[..<index].reduce(0, +) * scale))
        let end = lengths[...index].reduce(0, +) * scale
        let eighths = min(
            (bar.width - begin) * 8, max(1, Int(((end - Double(begin)) * 8).rounded())))
        let pieces = Array("▏▎▍▌▋▊▉")
        var text = String(repeating: "█", count: eighths / 8)
        if eighths % 8 > 0 { text.append(pieces[eighths % 8 - 1]) }
        grid.write(
            CleanText(text), column: bar.column + begin, row: bar.row, style: Style(role),
            width: bar.width - begin)
    }

    // MARK: The histogram

    private func drawHistogram(of step: LatencyStep, in rect: Rect, on grid: inout Grid) {
        let counts = total(step).histogram
        guard rect.width >= 4, let highest = counts.max(), highest > 0 else { return }
        let places = Sparkline.capacity(columns: rect.width, marks: .blocks, symbols: grid.symbols)
        Sparkline(
            values: spread(counts, over: places), maximum: Double(highest), marks: .blocks,
            coloring: .role(.accent)
        ).draw(in: rect, on: &grid)
    }

    /// Each place shows the bin that lies there; an empty one is a gap.
    private func spread(_ counts: [UInt64], over places: Int) -> [Double?] {
        (0..<places).map { place in
            let n = counts[place * counts.count / places]
            return n > 0 ? Double(n) : nil
        }
    }

    /// With its ends written below it.
    private func drawScaledHistogram(of step: LatencyStep, in rect: Rect, on grid: inout Grid) {
        let graph = Rect(
            column: rect.column, row: rect.row, width: rect.width, height: rect.height - 1)
        drawHistogram(of: step, in: graph, on: &grid)
        let scale = Rect(column: rect.column, row: rect.endRow - 1, width: rect.width, height: 1)
        let shown = total(step)
        grid.write(CleanText(text(shown.shortest).trimmed), in: scale, style: Style(.dim))
        grid.write(CleanText(text(shown.longest)), in: scale, .trailing, style: Style(.dim))
    }
}
