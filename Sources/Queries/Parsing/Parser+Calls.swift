import Events

/// Calls of the functions of one event's values.
extension Parser {
    /// From the function's name to its closing parenthesis. Its parenthesis counts as one.
    mutating func call(_ function: Function) throws(QueryError) -> Operand {
        if scope == .columns, !function.isOfNumbers, function != .choose {
            throw error(
                token.span,
                "`\(function.rawValue)` is of no use here: a view's columns are numbers")
        }
        let start = advance().span.lowerBound
        _ = try open()
        let read = try arguments(of: function)
        let end = token.span.upperBound
        try expect(")")
        nesting -= 1
        let (arguments, unit) = try meet(read, of: function)
        for (place, argument) in arguments.enumerated() {
            try check(argument, at: place, of: function)
        }
        try checkBranches(arguments, of: function)
        return Operand(
            .call(function, arguments.map(\.expression)), start..<end,
            unit: function.keepsUnit ? unit : nil)
    }

    /// As many as the function takes.
    private mutating func arguments(of function: Function) throws(QueryError) -> [Operand] {
        let signature = function.signature
        var read: [Operand] = []
        if token.kind == .symbol(")") { throw wrongCount(token.span, function, "few") }
        repeat {
            let argument = try anyExpression()
            if signature.parameter(at: read.count) == nil {
                throw wrongCount(argument.span, function, "many")
            }
            read.append(argument)
        } while accept(",")
        if token.kind == .symbol(")"), read.count < signature.needed.count {
            throw wrongCount(token.span, function, "few")
        }
        return read
    }

    private func wrongCount(
        _ span: Range<Int>, _ function: Function, _ degree: String
    ) -> QueryError {
        error(
            span,
            "`\(function.rawValue)` has too \(degree) arguments: write \(function.usage)")
    }

    /// Where arguments meet each other, their literals with units are settled.
    private func meet(
        _ arguments: [Operand], of function: Function
    ) throws(QueryError) -> (operands: [Operand], unit: Unit?) {
        guard let first = function.meetingPlace else { return (arguments, arguments[0].unit) }
        let (met, unit) = try meet(Array(arguments[first...]))
        return (arguments[..<first] + met, unit)
    }

    private func check(
        _ argument: Operand, at place: Int, of function: Function
    ) throws(QueryError) {
        let user = "`\(function.rawValue)`"
        switch function.signature.parameter(at: place) {
        case .text: _ = try text(argument, for: user)
        case .number: _ = try number(argument, for: user)
        case .condition: _ = try truth(argument, for: user)
        case .value, nil: try checkUnit(of: argument)
        }
        if function == .round, place == 1, case .literal(.number(let places)) = argument.expression,
            places != places.rounded() || !(0...15 ~= places)
        {
            throw error(argument.span, "`round` keeps 0 to 15 decimal places, a whole number")
        }
    }

    /// Whichever value it is that a function hands on, it is of one type.
    private func checkBranches(
        _ arguments: [Operand], of function: Function
    ) throws(QueryError) {
        guard function.handsOn else { return }
        let branches = arguments.dropFirst(function == .choose ? 1 : 0)
        for (i, branch) in branches.enumerated() {
            let before = branches.prefix(i)
            guard ValueKind.common(branches.prefix(i + 1).map(\.kind)) == nil,
                let other = before.first(where: { $0.kind != .any && $0.kind != .null })
            else { continue }
            throw error(
                branch.span,
                "`\(function.rawValue)` gives values of one type, and \(source.shown(branch.span)) "
                    + "is \(branch.noun) where \(source.shown(other.span)) is \(other.noun)")
        }
    }
}
