import Alerting
import Events
import Queries
import Testing

/// Sequences in the events of one group. An event is a second and letters: the steps of that letter
/// hold for it.
@Suite struct SequenceMachineTests {
    /// `a b`: one after the other; `!n`: absent. Matches as `start-end`.
    private func matches(
        _ pattern: String, _ events: String, within: Int64 = 10, until end: Int64? = nil
    ) -> [String] {
        let names = pattern.split(separator: " ").map(String.init)
        let steps = names.map { name in
            SequenceRule.Step(.field(FieldPath(name)), isAbsent: name.hasPrefix("!"))
        }
        let rule = SequenceRule(stream: 0, steps: steps, keys: [], within: .seconds(within))
        let compiled = SequenceMachine.Pattern(rule)
        var machine = SequenceMachine()
        var found: [SequenceMachine.Match] = []
        for event in events.split(separator: " ") {
            let second = Double(event.prefix { $0.isNumber || $0 == "." })!
            let letters = event.drop { $0.isNumber || $0 == "." }
            var bits: UInt64 = 0
            for (i, name) in names.enumerated() where letters.contains(name.last!) {
                bits |= 1 << UInt64(i)
            }
            found += machine.take(bits, at: at(second), compiled)
        }
        if let end { found += machine.pass(to: at(Double(end)), includingIt: true, compiled) }
        return found.map { "\(seconds($0.start))-\(seconds($0.end))" }
    }

    private func at(_ second: Double) -> Timestamp { Timestamp(rawValue: Int64(second * 1e9)) }

    private func seconds(_ t: Timestamp) -> String {
        let x = Double(t.rawValue) / 1e9
        return x == x.rounded() ? "\(Int(x))" : "\(x)"
    }

    @Test(arguments: [
        // Others may come between.
        ("a b", "1a 2x 3b", ["1-3"]),
        ("a b c", "1a 2c 3b 4a 5c", ["1-5"]),
        // The order counts.
        ("a b", "1b 2a", []),
        // One event isn't two steps, but may be the first of one and the last of another.
        ("a b", "1ab", []),
        ("a b", "1a 2ab 3b", ["1-2"]),
        ("a a", "1a 2a 3a 4a", ["1-2", "3-4"]),
        ("a", "1a 2a", ["1-1", "2-2"]),
        // The oldest is completed first, and all that have begun by then are dropped.
        ("a b", "1a 2a 3b 4b", ["1-3"]),
        ("a b", "1a 2b 3a 4b", ["1-2", "3-4"]),
    ])
    func relaxedContiguity(pattern: String, events: String, expected: [String]) {
        #expect(matches(pattern, events) == expected)
    }

    @Test(arguments: [
        ("1a 11b", ["1-11"]), ("1a 11.000000001b", []), ("1a 1b", ["1-1"]),
        // The first has timed out; the second has not.
        ("1a 5a 12b", ["5-12"]),
    ])
    func withinIsInclusive(events: String, expected: [String]) {
        #expect(matches("a b", events) == expected)
    }

    @Test(arguments: [
        ("a !n b", "1a 2b", ["1-2"]), ("a !n b", "1a 2n 3b", []),
        ("a !n b", "1n 2a 3b 4n", ["2-3"]),
        // It ends those that it comes in, and no later ones.
        ("a !n b", "1a 2n 3a 4b", ["3-4"]),
        // One that is both ends it.
        ("a !n b", "1a 2nb", []),
        // Only between these two steps.
        ("a b !n c", "1a 2n 3b 4c", ["1-4"]), ("a b !n c", "1a 2b 3n 4c", []),
    ])
    func absenceBetween(pattern: String, events: String, expected: [String]) {
        #expect(matches(pattern, events) == expected)
    }

    @Test(
        arguments: [
            ("1a", 10, []), ("1a", 11, ["1-11"]), ("1a 11n", 12, []), ("1a 11.5n", 12, ["1-11"]),
            ("1a 2a", 30, ["1-11"]), ("1a 12a", 30, ["1-11", "12-22"]),
        ] as [(String, Int64, [String])])
    func absenceAtTheEnd(events: String, end: Int64, expected: [String]) {
        #expect(matches("a !n", events, until: end) == expected)
    }

    @Test func unfinishedMatchesAreBounded() {
        let rule = SequenceRule(
            stream: 0,
            steps: [.init(.field(FieldPath("a"))), .init(.field(FieldPath("b")))], keys: [],
            within: .seconds(1_000_000))
        let pattern = SequenceMachine.Pattern(rule)
        var machine = SequenceMachine()
        for second in 0...SequenceMachine.partialLimit {
            _ = machine.take(1, at: at(Double(second)), pattern)
        }
        #expect(machine.takeDropped() == 1)
        #expect(machine.takeDropped() == 0)
        // The oldest has gone.
        let found = machine.take(2, at: at(5000), pattern)
        #expect(found.map(\.start) == [at(1)])
    }
}
