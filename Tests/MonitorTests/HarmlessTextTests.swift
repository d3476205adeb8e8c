import Events
import Injections
import Testing

@testable import Monitor

/// What is printed for people and programs, with all that a hostile stream sends in it.
@Suite struct HarmlessTextTests {
    private func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: scalar.properties.isBidiControl
        }
    }

    @Test func wordsHoldNothingThatIsObeyed() {
        for text in Injection.texts {
            let cleaned = harmless(text)
            let rest = cleaned.unicodeScalars.filter { !["\n", "\t"].contains($0) }
            #expect(!rest.contains(where: isObeyed), "\(text.debugDescription)")
            let line = harmless(text, onOneLine: true)
            #expect(!line.unicodeScalars.contains(where: isObeyed), "\(text.debugDescription)")
        }
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("a\nb\tc", "a\nb\tc"), ("a\r\nb", "a\r\nb"),
            ("a\rb", "a\u{FFFD}b"), ("a\r", "a\u{FFFD}"), ("\r\r\n", "\u{FFFD}\r\n"),
            ("Zürich 大阪", "Zürich 大阪"), ("\u{1B}]0;x\u{7}", "\u{FFFD}]0;x\u{FFFD}"),
            ("\u{9B}2J", "\u{FFFD}2J"),
        ])
    func cleaned(_ text: String, _ shown: String) {
        #expect(Array(harmless(text).unicodeScalars) == Array(shown.unicodeScalars))
    }

    /// A line of JSON says the same and is safe to look at.
    @Test func jsonIsEscaped() {
        for text in Injection.texts {
            let json = quoted(text)
            #expect(!json.unicodeScalars.contains(where: isObeyed), "\(text.debugDescription)")
        }
        #expect(quoted("\u{9B}\u{202E}\u{7}é") == #""\u009b\u202e\u0007é""#)
    }

    @Test func tablesAreOfLines() {
        var writer = RowWriter(.table)
        for text in Injection.texts {
            let rows = writer.text(of: [PrintedRow(fields: [("k", .string(text))])])
            let lines = rows.split(separator: "\n").joined()
            #expect(!lines.unicodeScalars.contains(where: isObeyed), "\(text.debugDescription)")
        }
    }
}
