import Events
import Testing

@testable import Panels

/// Which keys a filter lets through.
@Suite struct KeyFilterTests {
    private func passing(_ text: String) -> [String] {
        var filter = KeyFilter()
        filter.text = text
        let sieve = filter.sieve
        let keys = ["Berlin", "austin", "oven-1", "a(b"]
        return keys.filter { sieve.passes(Key([.string($0)])) }
    }

    @Test func asARegularExpression() {
        #expect(passing("") == ["Berlin", "austin", "oven-1", "a(b"])
        #expect(passing("b") == ["Berlin", "a(b"])
        #expect(passing("^b") == ["Berlin"])
        #expect(passing("st|ov") == ["austin", "oven-1"])
        #expect(passing("in$") == ["Berlin", "austin"])
    }

    @Test func turnedRound() {
        #expect(passing("!in$") == ["oven-1", "a(b"])
        #expect(passing("!") == ["Berlin", "austin", "oven-1", "a(b"])
    }

    /// While somebody types, half an expression must not hide everything.
    @Test func whatIsNoExpressionIsLookedForAsItStands() {
        #expect(passing("a(") == ["a(b"])
        #expect(passing("!A(") == ["Berlin", "austin", "oven-1"])
        var filter = KeyFilter()
        filter.text = "a("
        #expect(filter.isLiteral)
        filter.text = "a"
        #expect(!filter.isLiteral)
    }

    @Test func anyValueOfAKeyCounts() {
        var filter = KeyFilter()
        filter.text = "x"
        #expect(filter.sieve.passes(Key([.string("a"), .string("x")])))
        filter.text = "!x"
        #expect(!filter.sieve.passes(Key([.string("a"), .string("x")])))
    }
}
