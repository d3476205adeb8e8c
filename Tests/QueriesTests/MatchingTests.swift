import Testing

@testable import Queries

/// Regular expressions that can't be meant; where they are wrong is found inside the string.
@Suite struct MatchingTests {
    @Test(arguments: [
        Refusal(
            "count() where a =~ 'b(c'", "                       ^", "no regular expression: missing"
        ),
        Refusal(
            "count() where a =~ '*c'", "                    ^",
            "no regular expression: quantifier"),
        Refusal("count() where a =~ 'é[z'", "                       ^", "missing terminating ]"),
        Refusal(
            #"count() where a =~ "\\w(c""#, "                   ^^^^^^^", "no regular expression"),
        Refusal(#"count() where a =~ "(\\w""#, "                   ^^^^^^", "missing closing"),
        Refusal(
            #"count() where a =~ "(?z)\\w""#, "                      ^", "no regular expression"),
        Refusal(
            "count() where matches(a, '(')", "                           ^", "no regular expression"
        ),
        Refusal(
            "count() where a =~", "                  ^", "expected a regular expression in quotes"),
        Refusal("count() where a =~ b", "                   ^", "in quotes, read `b`"),
        Refusal("count() where a =~ 5", "                   ^", "in quotes, read `5`"),
        Refusal(
            "count() where a =~ lower('x')", "                   ^^^^^", "in quotes, read `lower`"),
        Refusal("count() where a =~ ('x')", "                   ^", "in quotes, read `(`"),
        Refusal("count() where matches(a, b)", "                         ^", "in quotes, read `b`"),
        Refusal(
            "count() where matches(a)", "                       ^", "expected an operator or `,`"),
        Refusal(
            "count() where matches(a, 'b', 'c')", "                            ^", "expected `)`"),
        Refusal(
            "count() where 5 =~ 'x'", "              ^",
            "`=~` needs a string, and `5` is a number"),
        Refusal("count() where a + 1 =~ 'x'", "              ^^^^^", "`a + 1` is a number"),
        Refusal("count() where (a > 1) =~ 'x'", "              ^^^^^^^", "is a condition"),
        Refusal(
            "count() where matches(5, 'x')", "                      ^", "`matches` needs a string"),
        Refusal("count() where a =~ 'x' =~ 'y'", "                       ^^", "don't chain"),
        Refusal("count() where a == b =~ 'y'", "                     ^^", "don't chain"),
        Refusal(#"count() where a =~ "\d""#, "                    ^^", #"`\d` is written `\\d`"#),
        Refusal("sum(a =~ 'x')", "    ^^^^^^^^", "`sum` needs a number"),
    ])
    func refused(_ refusal: Refusal) { refusal.check() }
}
