import Testing

@testable import Screen

@Suite struct WrappingTests {
    @Test(
        arguments: [
            ("one two three", 20, ["one two three"]), ("one two three", 8, ["one two", "three"]),
            ("one two three", 7, ["one two", "three"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
            ("a  b", 3, ["a", "b"]), ("大阪 市", 3, ["大", "阪", "市"]), ("", 5, [""]),
            ("a b c d e f", 1, ["a", "b", "…"]), ("大大大大", 1, ["", "", ""]),
        ] as [(String, Int, [String])])
    func wrapped(_ text: String, _ width: Int, _ lines: [String]) {
        let found = CleanText(text).wrapped(to: width, limit: 3)
        if width > 1 { #expect(found.map(\.string) == lines) }
        #expect(found.count <= 3)
        #expect(found.last.map { $0.width <= width } ?? true)
    }
}
