import Events
import Testing

@testable import Queries

/// What functions take, and what type they give.
@Suite struct FunctionTests {
    @Test(
        arguments: [
            ("a", .any), ("null", .null), ("1", .number), ("'x'", .text), ("true", .truth),
            ("-a", .number), ("a + b", .number), ("a > 1", .truth), ("not a", .truth),
            ("exists(a)", .truth), ("a in [1]", .truth), ("a =~ 'x'", .truth), ("lower(a)", .text),
            ("concat(a)", .text), ("split(a, b, 1)", .text), ("length(a)", .number),
            ("number(a)", .number), ("round(a)", .number), ("contains(a, b)", .truth),
            ("coalesce(a)", .any), ("coalesce(a, b)", .any), ("coalesce(a, 1)", .number),
            ("coalesce(a, null, 'x')", .text), ("coalesce(null)", .null), ("if(a, b, c)", .any),
            ("if(a, 1, null)", .number), ("if(a, null, b)", .any), ("if('x' == a, 'x', b)", .text),
            ("if(a, b > 1, false)", .truth), ("coalesce(if(a, b, 1), c)", .number),
        ] as [(String, ValueKind)])
    func kinds(text: String, kind: ValueKind) throws {
        #expect(try Expression(parsing: text).kind == kind)
    }

    @Test(arguments: Function.allCases)
    func takesAsMuchAsItsUsageSays(function: Function) throws {
        let usages = function.usage.split(separator: "`").filter { $0.contains("(") }
        let signature = function.signature
        let counts = usages.map { $0.count { $0 == "," } + 1 - ($0.contains("…") ? 1 : 0) }
        if signature.more == nil {
            let most = signature.needed.count + signature.optional.count
            #expect(counts == Array(signature.needed.count...most), "\(function.usage)")
        }
        for count in counts {
            let arguments = (0..<count).map { "a\($0)" }.joined(separator: ", ")
            _ = try Expression(parsing: "\(function.rawValue)(\(arguments))")
        }
    }

    @Test(arguments: [
        Refusal(
            "count() where lower() == 'x'", "                    ^",
            "too few arguments: write `lower(text)`"),
        Refusal(
            "count() where lower(a, b) == 'x'", "                       ^",
            "too many arguments: write `lower(text)`"),
        Refusal(
            "count() where replace(a, b) == 'x'", "                          ^",
            "write `replace(text, old, new)`"),
        Refusal(
            "count() where substring(a) == 'x'", "                         ^",
            "or `substring(text, start, length)`"),
        Refusal(
            "count() where substring(a, 1, 2, 3 + b) == 'x'",
            "                                 ^^^^^", "too many"),
        Refusal(
            "count() where coalesce() == 'x'", "                       ^",
            "write `coalesce(a, b, …)`"),
        Refusal("count() where least(a) > 1", "                     ^", "write `least(x, y, …)`"),
        Refusal(
            "count() where if(a, b) > 1", "                     ^", "write `if(condition, a, b)`"),
        Refusal(
            "count() where clamp(a, 1) > 1", "                        ^", "`clamp(x, low, high)`"),
        Refusal(
            "count() where pow(a, ) > 1", "                     ^", "expected a value, read `)`"),
        Refusal(
            "count() where lower(a == 'x'", "                            ^",
            "expected an operator, `,` or `)`"),
    ])
    func counts(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: [
        Refusal(
            "count() where lower(5) == 'x'", "                    ^",
            "`lower` needs a string, and `5` is a number"),
        Refusal("count() where lower(null) == 'x'", "                    ^^^^", "is null"),
        Refusal("count() where length(a > 1) == 1", "                     ^^^^^", "is a condition"),
        Refusal(
            "count() where contains(a, 5)", "                          ^",
            "`contains` needs a string"),
        Refusal(
            "count() where contains(length(a), 'x')", "                       ^^^^^^^^^",
            "is a number"),
        Refusal(
            "count() where split(a, 'x', 'y') == 'x'", "                            ^^^",
            "`split` needs a number"),
        Refusal("sum(abs('x'))", "        ^^^", "`abs` needs a number, and `'x'` is a string"),
        Refusal("sum(abs(lower(a)))", "        ^^^^^^^^", "`lower(a)` is a string"),
        Refusal("sum(least(a, true))", "             ^^^^", "`least` needs a number"),
        Refusal("sum(if(1, 2, 3))", "       ^", "`if` needs a condition, and `1` is a number"),
        Refusal("sum(if(lower(a), 2, 3))", "       ^^^^^^^^", "`if` needs a condition"),
        Refusal(
            "sum(if(a, 2, 'x'))", "             ^^^",
            "values of one type, and `'x'` is a string where `2` is a number"),
        Refusal(
            "sum(coalesce(a, 1, b, true))", "                      ^^^^",
            "is true or false where `1` is a number"),
        Refusal("sum(coalesce(a, 'x'))", "    ^^^^^^^^^^^^^^^^", "is a string"),
        Refusal("sum(round(a, 16))", "             ^^", "0 to 15 decimal places"),
        Refusal("sum(round(a, -1))", "             ^^", "0 to 15 decimal places"),
        Refusal("sum(round(a, 1.5))", "             ^^^", "a whole number"),
        Refusal("count() where lower(a)", "              ^^^^^^^^", "`where` needs a condition"),
        Refusal(
            "count() where lower(a) == 5", "                          ^", "a string with a number"),
        Refusal("count() where lower(a) + 1 > 5", "              ^^^^^^^^", "`+` needs a number"),
        Refusal(
            "count() where coalesce(a, 0) == 'x'", "                                ^^^",
            "a number with a string"),
        Refusal(
            "count() where lower(a) in ['x', 5]", "                                ^",
            "`in` looks for a string here"),
        Refusal(
            "count() where length(a) in ['x']", "                            ^^^",
            "looks for a number"),
        Refusal(
            "count() where contains(a, b) == true", "              ^^^^^^^^^^^^^^",
            "is a condition; join"),
        Refusal(
            "count() where contains(a, b) in [true]", "              ^^^^^^^^^^^^^^",
            "on its left"),
        Refusal(
            "count() where if(a, true, false) < true", "              ^^^^^^^^^^^^^^^^^^",
            "have no order"),
        Refusal("count() where coalesce(null) == 1", "              ^^^^^^^^^^^^^^", "never true"),
    ])
    func types(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: [
        ("len", "length"), ("substr", "substring"), ("ceiling", "ceil"), ("ifnull", "coalesce"),
        ("nvl", "coalesce"), ("NVL", "coalesce"), ("lcase", "lower"), ("ucase", "upper"),
        ("tolower", "lower"), ("toupper", "upper"), ("power", "pow"), ("ln", "log"),
        ("iif", "if"), ("case", "if"), ("cast", "number"), ("tonumber", "number"),
        ("to_number", "number"), ("int", "number"), ("float", "number"),
        ("regexp_like", "matches"), ("startswith", "starts_with"), ("exist", "exists"),
        ("Lower", "lower"), ("lenght", "length"),
    ])
    func namesFromElsewhere(name: String, ours: String) {
        let marks = "    " + String(repeating: "^", count: name.count)
        Refusal("sum(\(name)(a))", marks, "there is no function `\(name)`; did you mean `\(ours)`?")
            .check()
    }

    @Test func remainderIsAnOperator() {
        Refusal("sum(mod(a, 2))", "    ^^^", "there is no function `mod`; write `a % b`").check()
    }
}

@Suite struct ExpressionParsingTests {
    @Test(arguments: ["lower(\"ÄB\")", "1 + 2", "null", "a", "not a == 1", "if(a, 1, 2)"])
    func anyType(text: String) throws {
        #expect(try Expression(parsing: text).description == text)
    }

    @Test(arguments: [("", 1), ("1 +", 4), ("1 2", 3), ("250ms", 1), ("count()", 1)])
    func refused(text: String, column: Int) {
        let error = #expect(throws: QueryError.self) { try Expression(parsing: text) }
        #expect(error?.column == column)
    }
}
