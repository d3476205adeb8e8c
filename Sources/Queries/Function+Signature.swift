extension Function {
    /// What may stand at a place of a call.
    enum Parameter {
        case text, number, condition
        /// A value of any type, or a condition.
        case value
    }

    /// What stands in a call: at least these, then these too, and then any number of such.
    struct Signature {
        var needed: [Parameter]
        var optional: [Parameter] = []
        var more: Parameter?

        init(_ needed: [Parameter], optional: [Parameter] = [], more: Parameter? = nil) {
            self.needed = needed
            self.optional = optional
            self.more = more
        }

        /// nil where nothing may stand.
        func parameter(at place: Int) -> Parameter? {
            let places = needed + optional
            return place < places.count ? places[place] : more
        }
    }

    var signature: Signature {
        switch self {
        case .lower, .upper, .trim, .length: Signature([.text])
        case .contains, .startsWith, .endsWith: Signature([.text, .text])
        case .replace: Signature([.text, .text, .text])
        case .substring: Signature([.text, .number], optional: [.number])
        case .split: Signature([.text, .text, .number])
        case .concat, .coalesce: Signature([.value], more: .value)
        case .choose: Signature([.condition, .value, .value])
        case .abs, .sign, .floor, .ceil, .trunc, .sqrt, .exp, .log, .log2, .log10:
            Signature([.number])
        case .round: Signature([.number], optional: [.number])
        case .pow: Signature([.number, .number])
        case .clamp: Signature([.number, .number, .number])
        case .least, .greatest: Signature([.number, .number], more: .number)
        case .number: Signature([.value])
        }
    }

    /// Takes numbers and gives one, whatever they are of: events' fields, columns, aggregates.
    var isOfNumbers: Bool {
        switch self {
        case .abs, .sign, .round, .floor, .ceil, .trunc, .sqrt, .exp, .pow, .log, .log2, .log10,
            .clamp, .least, .greatest, .coalesce:
            true
        default: false
        }
    }

    /// Gives one of its arguments, whatever it is.
    var handsOn: Bool { self == .coalesce || self == .choose }

    /// Gives one of its arguments, or a number near to it: what it gives counts what they count.
    var keepsUnit: Bool {
        switch self {
        case .abs, .round, .floor, .ceil, .trunc, .clamp, .least, .greatest, .coalesce, .choose:
            true
        default: false
        }
    }

    /// From which place on its arguments meet each other, so that a literal with a unit can stand
    /// beside a value that has one.
    var meetingPlace: Int? {
        switch self {
        case .least, .greatest, .coalesce, .clamp: 0
        case .choose: 1
        default: nil
        }
    }

    /// How it is called.
    var usage: String {
        switch self {
        case .lower, .upper, .trim, .length: "`\(rawValue)(text)`"
        case .contains, .startsWith, .endsWith: "`\(rawValue)(text, part)`"
        case .replace: "`replace(text, old, new)`"
        case .substring: "`substring(text, start)` or `substring(text, start, length)`"
        case .split: "`split(text, separator, place)`"
        case .concat, .coalesce: "`\(rawValue)(a, b, …)`"
        case .choose: "`if(condition, a, b)`"
        case .abs, .sign, .floor, .ceil, .trunc, .sqrt, .exp, .log, .log2, .log10, .number:
            "`\(rawValue)(x)`"
        case .round: "`round(x)` or `round(x, places)`"
        case .pow: "`pow(x, y)`"
        case .clamp: "`clamp(x, low, high)`"
        case .least, .greatest: "`\(rawValue)(x, y, …)`"
        }
    }
}
