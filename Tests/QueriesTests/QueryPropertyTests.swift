import Events
import TestSeeds
import Testing

@testable import Queries

@Suite struct QueryPropertyTests {
    @Test(arguments: seeds(40))
    func canonicalTextReadsBackEqual(seed: UInt64) throws {
        for i in 0..<50 as Range<UInt64> {
            var dice = QueryDice(seed: seed << 32 | i)
            let query = dice.query()
            let text = query.description
            if text.unicodeScalars.count > Query.Limit.characters { continue }
            do {
                let again = try Query(parsing: text)
                #expect(again == query, "seed \(seed), \(i): \(text)")
                #expect(again.description == text, "seed \(seed), \(i)")
            } catch {
                Issue.record("seed \(seed), \(i): \(text)\n\(error)")
            }
        }
    }

    /// A damaged query is read, and then its canonical text reads back equal, or it is refused at
    /// a place that it has.
    @Test(arguments: seeds(40))
    func damageNeverCrashes(seed: UInt64) {
        for i in 0..<50 as Range<UInt64> {
            var dice = QueryDice(seed: seed << 32 | i)
            var scalars = Array(dice.query().description.unicodeScalars)
            for _ in 0...dice.roll(4) { dice.damage(&scalars) }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            check(String(view), "seed \(seed), \(i)")
        }
    }

    @Test(arguments: seeds(40))
    func bytesNeverCrash(seed: UInt64) {
        var dice = QueryDice(seed: seed)
        for i in 0..<50 {
            var bytes = Array(dice.query().description.utf8)
            for _ in 0...dice.roll(6) { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
            check(String(decoding: bytes, as: UTF8.self), "seed \(seed), \(i)")
        }
    }

    private func check(_ text: String, _ seed: String) {
        do throws(QueryError) {
            let canonical = try Query(parsing: text).description
            if canonical.unicodeScalars.count > Query.Limit.characters { return }
            #expect(throws: Never.self, "\(seed): \(text)") {
                let again = try Query(parsing: canonical)
                #expect(again.description == canonical, "\(seed): \(text)")
                #expect(try again == Query(parsing: text), "\(seed): \(text)")
            }
        } catch {
            #expect(error.column >= 1 && error.length >= 1, "\(seed): \(text)")
            let end = error.column + error.length - 1
            #expect(
                end <= max(text.count, error.length == 1 ? text.count + 1 : 0), "\(seed): \(text)")
            #expect(error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "\(seed)")
        }
    }
}

extension QueryDice {
    /// Replaces, inserts, removes or repeats something.
    fileprivate mutating func damage(_ scalars: inout [Unicode.Scalar]) {
        let signs = Array("()[]'\"`\\.,=<>!+-*/%~0159ea \u{301}\u{1B}é“😀".unicodeScalars)
        let words = [
            "not ", "in ", "exists(", "-", "1e9", "10s", "p99.9", "\\u00", "every", "null", "=~ ",
            "top(3, ", "session(", "if(", "lower(", "4KiB", "10m ago", "_ms", "as x", "coalesce(",
        ]
        let at = roll(scalars.count + 1)
        switch roll(5) {
        case 0: scalars.insert(signs[roll(signs.count)], at: at)
        case 1: scalars.insert(contentsOf: Array(words[roll(words.count)].unicodeScalars), at: at)
        case 2 where at < scalars.count: scalars[at] = signs[roll(signs.count)]
        case 3 where at < scalars.count: scalars.remove(at: at)
        default: scalars.removeSubrange(at..<min(scalars.count, at + roll(8)))
        }
    }
}
