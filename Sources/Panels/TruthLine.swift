import Engine
import Events
import Screen

/// The top line: what is shown, as of when, and what became of every record.
///
/// As the terminal narrows it sheds who holds the watermark, the title, the frame time, the rate,
/// the duplicates, what is zero and the watermark, in that order; never the mode and its time,
/// alerts, a source that is down, or what was lost. Before anything is cut, it stands closer
/// together, reasons are left out, and names are shortened; a consumer group that is well goes
/// last.
struct TruthLine {
    let snapshot: EngineSnapshot
    let latest: EngineSnapshot
    let health: Health
    let state: ScreenState

    /// A part of the line; the lowest `keep` is shed first, 9 never.
    private struct Part {
        var text: CleanText
        /// In its place where there is no room.
        var short: CleanText?
        var style: Style
        var keep = 9
        /// Stands at the right edge.
        var isRight = false
    }

    func draw(on grid: inout Grid) {
        let (parts, gap) = fitting(grid.columns)
        var column = 1
        for part in parts {
            let room = grid.columns - column
            guard room > 0 else { break }
            let start = part.isRight ? max(column, grid.columns - part.text.width - 1) : column
            let used = grid.write(
                part.text.truncated(to: grid.columns - start), column: start, row: 0,
                style: part.style, width: grid.columns - start)
            column = start + used + gap
        }
    }

    /// What stays in so many columns, and how far apart it stands.
    private func fitting(_ columns: Int) -> ([Part], gap: Int) {
        var parts = parts
        var gap = 2
        func isTooWide() -> Bool {
            parts.reduce(1) { $0 + $1.text.width + gap } - gap > columns
        }
        while isTooWide(), let least = parts.map(\.keep).min(), least < 8 {
            // A word that belongs to nobody costs less than a number that is left out.
            if least > 5, gap == 2 { gap = 1 } else { parts.removeAll { $0.keep == least } }
        }
        guard isTooWide() else { return (parts, gap) }
        gap = 1
        let whole = parts.map(\.text)
        for i in parts.indices.reversed() where isTooWide() {
            parts[i].text = parts[i].short ?? parts[i].text
        }
        guard isTooWide(), parts.contains(where: { $0.keep == 8 }) else { return (parts, gap) }
        let kept = parts.indices.filter { parts[$0].keep > 8 }
        parts = kept.map { parts[$0] }
        // What that made room for is written out again.
        for (i, part) in kept.enumerated() {
            let short = parts[i].text
            parts[i].text = whole[part]
            if isTooWide() { parts[i].text = short }
        }
        return (parts, gap)
    }

    private var parts: [Part] {
        var parts = [Part(text: "weir", style: Style(.accent, bold: true), keep: 5)]
        if let title = state.dashboard.title {
            parts.append(Part(text: CleanText(title), style: Style(.title), keep: 1))
        }
        parts.append(mode)
        if let recording { parts.append(recording) }
        if let alerts { parts.append(alerts) }
        if let untold { parts.append(untold) }
        parts.append(Part(text: CleanText("wm " + watermark), style: Style(.text), keep: 7))
        if let holder { parts.append(holder) }
        parts += troubles
        let rate = snapshot.streams.reduce(0) { $0 + $1.rate }
        parts.append(
            Part(
                text: CleanText("\(compactNumber(rate, width: 5))/s"), style: Style(.text), keep: 3)
        )
        parts += counts
        if let worstLag { parts.append(worstLag) }
        if let word = health.economy.word {
            parts.append(Part(text: CleanText(word), style: Style(.warn, bold: true), keep: 8))
        }
        parts.append(
            Part(
                text: frameText, style: isOverBudget ? Style(.warn) : Style(.dim), keep: 2,
                isRight: true))
        return parts
    }

    private var mode: Part {
        let (word, style) = modeWord
        let now = state.replay.map { max($0.now, snapshot.now) } ?? snapshot.now
        let isKnown = now != .beginning
        let time = isKnown ? state.clock.time(now) : "–"
        let zone = isKnown ? state.clock.label : ""
        return Part(
            text: CleanText("\(word) \(time)\(zone)"),
            short: isKnown ? CleanText("\(word) \(time.dropLast(3))\(zone)") : nil, style: style)
    }

    private var modeWord: (String, Style) {
        if state.frozen != nil {
            let behind = compactDuration((latest.now - snapshot.now).rawValue)
            return ("FROZEN +\(behind)", Style(.warn, bold: true, reverse: true))
        }
        if let replay = state.replay {
            if let stale {
                return ("REPLAY \(replay.words) \(stale)", Style(.bad, bold: true))
            }
            let isQuiet = replay.isPaused || replay.isAtEnd
            return ("REPLAY \(replay.words)", Style(isQuiet ? .warn : .accent, bold: true))
        }
        if !snapshot.streams.isEmpty, snapshot.streams.allSatisfy({ $0.state == .ended }) {
            return ("ENDED", Style(.title, bold: true))
        }
        if let stale { return (stale, Style(.bad, bold: true)) }
        return state.isPaused
            ? ("PAUSED", Style(.warn, bold: true)) : ("LIVE", Style(.good, bold: true))
    }

    /// `STALE 8s`, of the first stream that is.
    private var stale: String? {
        snapshot.streams.first { $0.state == .stale }.map { stream in
            let age = stream.lastEventAt.map { snapshot.now - $0 }
            return "STALE " + (age.map { compactDuration($0.rawValue) } ?? "–")
        }
    }

    /// What of the run is recorded, which is what is durable; and for how long nothing was, where
    /// that is longer than the second that silence may take.
    private var recording: Part? {
        guard let recording = health.recording else { return nil }
        if let failure = recording.failure {
            return Part(
                text: CleanText("▲ not recorded: \(failure)"), style: Style(.bad, bold: true))
        }
        let behind = recording.at.map { latest.now - $0 } ?? .zero
        let size = "rec \(compactNumber(Double(recording.bytes), width: isNarrow ? 0 : 4))B"
        guard behind > .seconds(2) else { return Part(text: CleanText(size), style: Style(.good)) }
        return Part(
            text: CleanText("\(size) −\(compactDuration(behind.rawValue))"),
            style: Style(.warn, bold: true))
    }

    /// Who can't be told of alerts.
    private var untold: Part? {
        guard let receiver = health.receivers.first(where: { $0.trouble != nil }) else {
            return nil
        }
        return Part(
            text: CleanText("▲ not told: \(receiver.name)"), short: "▲ not told",
            style: Style(.bad, bold: true))
    }

    /// How far the watermark is behind the processing time; the furthest of all streams.
    private var watermark: String {
        guard let lowest = snapshot.streams.map(\.watermark).min(), lowest != .beginning else {
            return "    –"
        }
        if lowest == .end { return "  end" }
        let behind = snapshot.now - lowest
        return (behind < .zero ? "+" : "−")
            + compactDuration(
                behind.rawValue.magnitude > .max / 2 ? .max / 2 : Swift.abs(behind.rawValue),
                width: 4)
    }

    /// Who holds the watermark of the stream that is furthest behind, where several could.
    private var holder: Part? {
        let lowest = snapshot.streams.filter { $0.watermark != .beginning }
            .min { $0.watermark < $1.watermark }
        guard let lowest, lowest.watermark != .end, let name = lowest.holder else { return nil }
        return Part(text: CleanText("by \(name)"), style: Style(.dim), keep: 0)
    }

    /// Sources that are down, fields that are not what they were, and books that don't balance.
    private var troubles: [Part] {
        var parts: [Part] = []
        for stream in snapshot.streams {
            switch stream.state {
            case .disconnected(let reason), .failed(let reason):
                parts.append(
                    Part(
                        text: CleanText("▲ \(stream.name) down: \(reason)"),
                        short: CleanText("▲ \(stream.name)").truncated(to: 8) + " down",
                        style: Style(.bad, bold: true)))
            default: break
            }
            if let field = stream.drifted.first {
                let more = stream.drifted.count > 1 ? " +\(stream.drifted.count - 1)" : ""
                parts.append(
                    Part(
                        text: CleanText("DRIFT \(field.field.name) \(field.words)\(more)"),
                        short: "DRIFT",
                        style: Style(.warn, bold: true)))
            }
            if !stream.books.balance {
                parts.append(
                    Part(
                        text: CleanText("BOOKS! \(stream.name)"), short: "BOOKS!",
                        style: Style(.bad, bold: true)))
            }
        }
        return parts
    }

    /// There numbers have no room to move in.
    private var isNarrow: Bool { state.columns < 60 }

    private var counts: [Part] {
        func sum(_ count: (StreamBooks) -> UInt64) -> UInt64 {
            snapshot.streams.reduce(0) { $0 + count($1.books) }
        }
        func part(_ name: String, _ n: UInt64, _ loud: Role, keep: Int = 9) -> Part {
            let text = CleanText("\(name) \(compactNumber(Double(n), width: isNarrow ? 0 : 4))")
            return Part(
                text: text, short: CleanText("\(name)\(compactNumber(Double(n)))"),
                style: Style(n > 0 ? loud : .dim), keep: n == 0 ? min(keep, 6) : keep)
        }
        return [
            part("drop", sum(\.dropped), .bad), part("late", sum(\.late), .warn),
            part("dead", sum(\.deadLettered), .bad),
            part("dup", sum(\.duplicate), .text, keep: 4),
        ]
    }

    /// The consumer group that is worst off: by its status, then by its lag.
    private var worstLag: Part? {
        let groups = zip(state.dashboard.lag, snapshot.lag.probes).compactMap { lag, probe in
            probe.groups.first { $0.name == lag.group }.map { (lag.name, $0) }
        }
        let worst = groups.max { a, b in
            a.1.status == b.1.status ? a.1.total.lag < b.1.total.lag : a.1.status < b.1.status
        }
        guard let (name, group) = worst else { return nil }
        let total = group.total
        let lag = total.known == 0 ? "–" : compactNumber(Double(total.lag), width: 4)
        let part = total.isComplete ? "" : " \(total.known)/\(total.partitions)"
        let isWell = group.status <= .noCommit
        let word = isWell ? "" : " " + group.status.word(members: group.members)
        return Part(
            text: CleanText("\(name) \(lag)\(part)\(word)"),
            short: CleanText(name).truncated(to: 5)
                + CleanText(" " + compactNumber(total.known == 0 ? nil : Double(total.lag)) + word),
            style: isWell ? Style(.text) : Style(group.status.role, bold: true),
            keep: isWell ? 8 : 9)
    }

    private var alerts: Part? {
        guard !state.dashboard.alerts.isEmpty else { return nil }
        let firing = zip(state.dashboard.alerts, snapshot.alerts).reduce(0) {
            $0 + $1.1.firingAlerts($1.0)
        }
        return Part(
            text: CleanText("▲\(firing)"),
            style: firing > 0 ? Style(.bad, bold: true) : Style(.dim))
    }

    private var isOverBudget: Bool { health.frameTime.map { $0 > health.frameBudget } ?? false }

    private var frameText: CleanText {
        let budget = health.frameBudget.rawValue / 1_000_000
        let taken = health.frameTime.map { tenths(Double($0.rawValue) / 1e6) } ?? "–"
        let over = isOverBudget ? " over" : ""
        return CleanText("\(health.framesPerSecond)fps \(taken)/\(budget)ms\(over)")
    }

    private func tenths(_ x: Double) -> String {
        let n = Int((x * 10).rounded())
        return "\(n / 10).\(n % 10)"
    }
}
