import Configuration
import Engine
import Events
import Queries

/// How a query will be run, for people: what is decoded, when windows fire, what is kept and how
/// exact it is.
struct QueryExplanation {
    let query: Query
    let stream: StreamDefinition

    /// Lines of a word and what it says, the words in a column.
    var text: String {
        var text = ""
        for (word, lines) in parts {
            for (i, line) in lines.enumerated() {
                let word = i == 0 ? word : ""
                text += word + String(repeating: " ", count: 9 - word.count) + line + "\n"
            }
        }
        return text
    }

    private var parts: [(word: String, lines: [String])] {
        [
            ("query", [query.description]), ("time", [time]), ("decodes", decoded),
            ("keys", [keys]), ("windows", windows), ("keeps", kept), ("exact", exactness),
        ]
    }

    private var time: String {
        guard case .field(let path, _) = stream.time else { return "of arrival" }
        return stream.outOfOrderness == .zero
            ? "\(path), in order"
            : "\(path), up to \(durationText(stream.outOfOrderness)) out of order"
    }

    private var decoded: [String] {
        let uses = query.fieldUses.map { use in
            let forms = [
                (use.asNumber, "number"), (use.asCode, "value"), (use.asTime, "instant"),
            ].filter(\.0).map(\.1)
            let words = forms.isEmpty ? "whether it is there" : forms.joined(separator: " and ")
            return "\(use.path): \(words)"
        }
        return uses.isEmpty ? ["no field"] : uses
    }

    private var keys: String {
        guard !query.keys.isEmpty else { return "one group" }
        let names = query.keys.map(\.description).joined(separator: ", ")
        return "\(names): at most \(grouped(stream.keyLimit)), then one row (other)"
    }

    private var windows: [String] {
        switch query.window {
        case nil: return ["one, since the start; it is printed at the end"]
        case .session(let gap)?:
            return [
                "sessions of a key: events no further apart than \(durationText(gap))",
                fires("the last event + \(durationText(gap))"),
            ]
        case .hopping(let size, let hop)?:
            let slices = size.rawValue / hop.rawValue
            let merged =
                slices == 1
                ? "an event goes into one window"
                : "an event goes into one slice of \(durationText(hop)); a window is merged from "
                    + "\(grouped(Int(slices))) of them when it fires"
            return [merged, fires("its end")]
        }
    }

    private func fires(_ end: String) -> String {
        let wait = stream.outOfOrderness == .zero ? "" : " + \(durationText(stream.outOfOrderness))"
        let late =
            stream.allowedLateness == .zero
            ? "what comes later is late"
            : "late events fire it again for \(durationText(stream.allowedLateness))"
        return "a window fires when event time has come to \(end)\(wait); \(late)"
    }

    private var kept: [String] {
        let cost = StateCost(query)
        let stretch: String =
            switch query.window {
            case nil: "a key"
            case .session?: "a session"
            case .hopping?: "a key and slice"
            }
        var lines = ["\(cost.rowBytes) bytes for \(stretch)"]
        func add(_ count: Int, _ what: String, _ bytes: Int) {
            guard count > 0 else { return }
            let times = count == 1 ? "" : "\(count) times "
            lines.append("and \(times)\(what), at most \(grouped(bytes)) bytes")
        }
        add(cost.sketches, "a sketch of quantiles", StateCost.sketchBytes)
        add(cost.counters, "a counter of distinct values", StateCost.counterBytes)
        add(cost.rankings, "a ranking of values", StateCost.rankingBytes)
        return lines
    }

    private var exactness: [String] {
        let calls = query.aggregates.flatMap(\.value.calls).map(\.function)
        var lines: [String] = []
        if calls.contains(where: \.isQuantile) {
            lines.append("quantiles: within 1 % of the value")
        }
        if calls.contains(.distinct) {
            lines.append("distinct: up to 256 values; of more the standard error is 1.6 %")
        }
        if query.top != nil {
            lines.append(
                "top: up to 1,024 values in a group and window; of more each row says its error")
        }
        return lines.isEmpty ? ["all columns, but for the rounding of sums"] : lines
    }
}

extension AggregateCall.Function {
    fileprivate var isQuantile: Bool { if case .quantile = self { true } else { false } }
}

extension AggregateValue {
    /// From left to right.
    fileprivate var calls: [AggregateCall] {
        switch self {
        case .call(let call): [call]
        case .number: []
        case .negate(let inner): inner.calls
        case .binary(_, let a, let b): a.calls + b.calls
        case .apply(_, let arguments): arguments.flatMap(\.calls)
        }
    }
}

/// A whole number with commas.
private func grouped(_ number: Int) -> String {
    var text = ""
    for (i, digit) in String(number).reversed().enumerated() {
        if i > 0, i % 3 == 0 { text = "," + text }
        text = String(digit) + text
    }
    return text
}
