import Events

extension QueryParser {
    private static let built = ["count", "rate", "sum", "avg", "min", "max", "quantile", "p99"]
    private static let later = [
        "stddev", "distinct", "first", "last", "delta", "slope", "top",
    ]

    mutating func aggregates() throws(QueryError) -> [Aggregate] {
        var aggregates: [Aggregate] = []
        repeat {
            let token = current
            let aggregate = try aggregate()
            if let same = aggregates.first(where: { $0.name == aggregate.name }) {
                throw error(
                    "two columns would be named `\(same.name)`; give this one a name: `as …`",
                    at: token)
            }
            aggregates.append(aggregate)
            guard aggregates.count <= Self.aggregateLimit else {
                throw error("at most \(Self.aggregateLimit) aggregates", at: token)
            }
        } while skip(symbol: ",")
        return aggregates
    }

    private mutating func aggregate() throws(QueryError) -> Aggregate {
        let token = current
        if case .number = token.kind { throw notBuiltYet("arithmetic between aggregates") }
        guard case .name(let name) = token.kind, following.kind == .symbol("(") else {
            throw expected("an aggregate, as in `count()` or `p99(latency_ms)`", of: Self.built)
        }
        advance()
        let (function, label) = try function(name, token)
        try expect(symbol: "(")
        var aggregate = Aggregate(function: function, name: label)
        aggregate.argument = try argument(of: &aggregate.function, token)
        try expect(symbol: ")")
        for op in ["+", "-", "*", "/", "%"] where isSymbol(op) {
            throw notBuiltYet("arithmetic between aggregates")
        }
        if skip(word: "as") { aggregate.name = try self.name("a name for the column") }
        return aggregate
    }

    /// The function and the name it gives its column: `p99.9` gives `p99_9`.
    private mutating func function(
        _ name: String, _ token: Token
    ) throws(QueryError) -> (Aggregate.Function, String) {
        switch name {
        case "count": return (.count, name)
        case "rate": return (.rate, name)
        case "sum": return (.sum, name)
        case "avg": return (.avg, name)
        case "min": return (.min, name)
        case "max": return (.max, name)
        case "quantile": return (.quantile(.nan), name)
        default: break
        }
        if name.first == "p", let percent = Double(name.dropFirst()), !name.contains("e") {
            guard percent > 0, percent < 100 else {
                throw error("a percentile is more than p0 and less than p100", at: token)
            }
            return (.quantile(percent / 100), String(name.map { $0 == "." ? "_" : $0 }))
        }
        if Self.later.contains(name) { throw notBuiltYet("`\(name)`", at: token) }
        var message = "there is no function `\(name)`"
        if let near = nearestName(to: name, in: Self.built) {
            message += "; did you mean `\(near)`?"
        } else {
            message += "; there are \(Self.built.joined(separator: ", "))"
        }
        throw error(message, at: token)
    }

    private mutating func argument(
        of function: inout Aggregate.Function, _ token: Token
    ) throws(QueryError) -> Expression? {
        let start = current
        if isSymbol(")") {
            guard function == .count || function == .rate else {
                throw error("`\(token.text)` needs a number, as in `\(token.text)(latency_ms)`")
            }
            return nil
        }
        if function == .count {
            let argument = try expression()
            guard case .field = argument.expression else {
                try argument.require(.truth, self, "count(x) counts where x is true")
                return argument.expression
            }
            throw error(
                "count(x) counts where x is true; for a field that is there write "
                    + "`count(exists(\(start.text)))`, for one that is true "
                    + "`\(start.text) == true`",
                at: start)
        }
        let argument = try expression()
        try argument.require(.number, self, "`\(token.text)` is taken of a number")
        if case .quantile(let q) = function, q.isNaN { function = .quantile(try share()) }
        return argument.expression
    }

    private mutating func share() throws(QueryError) -> Double {
        try expect(symbol: ",")
        guard case .number(let q) = current.kind, q > 0, q < 1 else {
            throw expected("a share between 0 and 1, as in `quantile(latency_ms, 0.99)`")
        }
        advance()
        return q
    }
}
