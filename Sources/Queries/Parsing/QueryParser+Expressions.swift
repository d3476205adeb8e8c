import Events

/// An expression with its type, as far as it is known, and where it began.
struct TypedExpression {
    enum ValueType { case number, text, truth, null, unknown }

    var expression: Expression
    var type: ValueType
    var token: Token

    /// Throws where the type is known to be another.
    func require(
        _ wanted: ValueType, _ parser: QueryParser, _ why: String
    ) throws(QueryError) {
        guard type != wanted, type != .unknown else { return }
        throw parser.error("\(why), and this is \(type.name)", at: token)
    }
}

extension TypedExpression.ValueType {
    var name: String {
        switch self {
        case .number: "a number"
        case .text: "text"
        case .truth: "true or false"
        case .null: "null"
        case .unknown: "anything"
        }
    }
}

extension QueryParser {
    private static let functions = [
        "lower", "upper", "trim", "length", "len", "abs", "round", "floor", "ceil", "sqrt", "log",
        "exp", "pow", "substr", "replace", "concat", "contains", "starts_with", "ends_with", "if",
        "coalesce",
    ]

    mutating func predicate() throws(QueryError) -> Expression {
        let predicate = try expression()
        try predicate.require(.truth, self, "`where` keeps events for which something is true")
        return predicate.expression
    }

    mutating func expression() throws(QueryError) -> TypedExpression {
        try nested { (parser) throws(QueryError) in
            try parser.chain(
                ["or"],
                of: { (p) throws(QueryError) in
                    try p.chain(["and"], of: { (q) throws(QueryError) in try q.negation() })
                })
        }
    }

    /// `x and y and z`: operands that are true or false.
    private mutating func chain(
        _ words: [String],
        of operand: (inout QueryParser) throws(QueryError) -> TypedExpression
    ) throws(QueryError) -> TypedExpression {
        var left = try operand(&self)
        while let word = words.first(where: { isWord($0) }) {
            try left.require(.truth, self, "`\(word)` joins what is true or false")
            advance()
            let right = try operand(&self)
            try right.require(.truth, self, "`\(word)` joins what is true or false")
            left.expression = .binary(
                Expression.Operator(rawValue: word)!, left.expression, right.expression)
            left.type = .truth
        }
        return left
    }

    private mutating func negation() throws(QueryError) -> TypedExpression {
        let token = current
        guard skip(word: "not") else { return try comparison() }
        let inner = try nested { (parser) throws(QueryError) in try parser.negation() }
        try inner.require(.truth, self, "`not` turns what is true or false")
        return TypedExpression(expression: .not(inner.expression), type: .truth, token: token)
    }

    private mutating func comparison() throws(QueryError) -> TypedExpression {
        let left = try sum()
        if isSymbol("=~") { throw notBuiltYet("`=~`") }
        if skip(word: "in") { return try membership(left) }
        guard case .symbol(let symbol) = current.kind,
            ["==", "!=", "<", "<=", ">", ">="].contains(symbol)
        else { return left }
        let token = current
        advance()
        let right = try sum()
        try checkComparison(left, token, right)
        return TypedExpression(
            expression: .binary(
                Expression.Operator(rawValue: symbol)!, left.expression, right.expression),
            type: .truth, token: left.token)
    }

    private func checkComparison(
        _ left: TypedExpression, _ token: Token, _ right: TypedExpression
    ) throws(QueryError) {
        guard left.type != .null, right.type != .null else {
            let field = left.type == .null ? right.token.text : left.token.text
            let not = token.text == "==" ? "not " : ""
            throw error(
                "a comparison with null is never true; write `\(not)exists(\(field))`", at: token)
        }
        if left.type != .unknown, right.type != .unknown, left.type != right.type {
            throw error(
                "`\(token.text)` compares \(left.type.name) with \(right.type.name)", at: token)
        }
    }

    private mutating func membership(_ left: TypedExpression) throws(QueryError) -> TypedExpression
    {
        try expect(symbol: "[")
        var values: [Scalar] = []
        repeat {
            let item = try sum()
            guard case .literal(let value) = item.expression.folded, value != .null else {
                throw error("a list holds numbers, text, true or false", at: item.token)
            }
            values.append(value)
        } while skip(symbol: ",")
        try expect(symbol: "]")
        return TypedExpression(
            expression: .isIn(left.expression, values), type: .truth, token: left.token)
    }

    private mutating func sum() throws(QueryError) -> TypedExpression {
        try arithmetic(["+", "-"]) { (p) throws(QueryError) in
            try p.arithmetic(["*", "/", "%"]) { (q) throws(QueryError) in try q.sign() }
        }
    }

    private mutating func arithmetic(
        _ symbols: [String],
        of operand: (inout QueryParser) throws(QueryError) -> TypedExpression
    ) throws(QueryError) -> TypedExpression {
        var left = try operand(&self)
        while let symbol = symbols.first(where: { isSymbol($0) }) {
            try left.require(.number, self, "`\(symbol)` computes with numbers")
            advance()
            let right = try operand(&self)
            try right.require(.number, self, "`\(symbol)` computes with numbers")
            left.expression = .binary(
                Expression.Operator(rawValue: symbol)!, left.expression, right.expression)
            left.type = .number
        }
        return left
    }

    private mutating func sign() throws(QueryError) -> TypedExpression {
        let token = current
        guard skip(symbol: "-") else { return try primary() }
        let inner = try nested { (parser) throws(QueryError) in try parser.sign() }
        try inner.require(.number, self, "`-` computes with numbers")
        return TypedExpression(
            expression: Expression.negate(inner.expression).folded, type: .number, token: token)
    }

    private mutating func primary() throws(QueryError) -> TypedExpression {
        let token = current
        func typed(_ value: Scalar, _ type: TypedExpression.ValueType) -> TypedExpression {
            TypedExpression(expression: .literal(value), type: type, token: token)
        }
        switch token.kind {
        case .number(let x):
            advance()
            return typed(.number(x), .number)
        case .string(let text):
            advance()
            return typed(.string(text), .text)
        case .measure: throw notBuiltYet("a number with a unit")
        case .name("true"), .name("false"):
            advance()
            return typed(.bool(token.text == "true"), .truth)
        case .name("null"):
            advance()
            return typed(.null, .null)
        case .name("exists") where following.kind == .symbol("("): return try existence()
        case .name(let name) where following.kind == .symbol("("): throw unknownCall(name)
        case .symbol("("):
            advance()
            let inner = try expression()
            try expect(symbol: ")")
            return inner
        case .name, .quotedName:
            return TypedExpression(expression: .field(try path()), type: .unknown, token: token)
        case .symbol, .end: throw expected("a field, a number, text or `(`")
        }
    }

    private mutating func existence() throws(QueryError) -> TypedExpression {
        let token = current
        advance()
        try expect(symbol: "(")
        let path = try path()
        try expect(symbol: ")")
        return TypedExpression(expression: .exists(path), type: .truth, token: token)
    }

    private func unknownCall(_ name: String) -> QueryError {
        if Self.functions.contains(name) { return notBuiltYet("`\(name)(…)`") }
        return error("there is no function `\(name)` for one event; there is `exists(field)`")
    }

    /// `stages.broker`, `items[0].sku`.
    mutating func path() throws(QueryError) -> FieldPath {
        var steps = [FieldPath.Step.name(try name("a field"))]
        while true {
            if skip(symbol: ".") {
                steps.append(.name(try name("a field's name")))
            } else if isSymbol("["), case .number(let x) = following.kind {
                advance()
                guard x == x.rounded(), x >= 0, x < 1e9 else {
                    throw error("an index is a whole number from 0")
                }
                advance()
                try expect(symbol: "]")
                steps.append(.index(Int(x)))
            } else {
                return FieldPath(steps: steps)
            }
        }
    }
}

extension Expression {
    /// A negated number as a number.
    fileprivate var folded: Expression {
        if case .negate(.literal(.number(let x))) = self { return .literal(.number(-x)) }
        return self
    }
}
