import Events
import Testing

@testable import Engine

/// Fields that vanish, or change their type.
@Suite struct FieldDriftTests {
    /// One field `x`; each call is a batch of the given kinds, in the given minute.
    private struct Fixture {
        var drift = FieldDrift(fields: [FieldPath("x")])
        var offset: Int64 = 0

        mutating func take(_ kinds: [Column.Kind], minute: Int64, after: Nanoseconds = .zero) {
            var batch = ColumnBatch(
                stream: 0, origin: Origin(source: "t", partition: 3), firstOffset: offset,
                receivedAt: Timestamp(rawValue: minute * 60_000_000_000) + after)
            batch.times = Array(repeating: 0, count: kinds.count)
            batch.lines = kinds.indices.map { UInt32($0) }
            batch.columns = [Column(kinds: kinds)]
            offset += Int64(kinds.count)
            drift.take(batch)
        }

        /// So many of each kind, in the order given.
        mutating func take(_ counts: [(Column.Kind, Int)], minute: Int64) {
            take(counts.flatMap { Array(repeating: $0, count: $1) }, minute: minute)
        }

        mutating func end(minute: Int64) {
            drift.tick(Timestamp(rawValue: (minute + 1) * 60_000_000_000))
        }

        var words: [String] { drift.snapshot.map(\.words) }
    }

    private func afterNumbers(_ counts: [(Column.Kind, Int)]) -> Fixture {
        var fixture = Fixture()
        fixture.take([(.number, 200)], minute: 0)
        fixture.take(counts, minute: 1)
        fixture.end(minute: 1)
        return fixture
    }

    /// A change as it is written in the tables below.
    struct Case: Sendable {
        var counts: [(Column.Kind, Int)]
        var words: [String]
    }

    @Test(arguments: [
        Case(counts: [(.number, 198), (.missing, 2)], words: []),
        Case(counts: [(.number, 197), (.missing, 3)], words: ["vanished"]),
        Case(counts: [(.number, 197), (.missing, 2), (.null, 1)], words: ["vanished"]),
        Case(counts: [(.null, 5)], words: ["vanished"]),
        Case(counts: [(.number, 198), (.string, 2)], words: []),
        Case(counts: [(.number, 197), (.string, 3)], words: ["was number, now text"]),
        Case(
            counts: [(.number, 197), (.bool, 1), (.compound, 2)],
            words: ["was number, now object or array"]),
        Case(counts: [(.bool, 7)], words: ["was number, now boolean"]),
        Case(
            counts: [(.missing, 3), (.string, 3)], words: ["vanished", "was number, now text"]),
        Case(counts: [(.number, 1)], words: []),
    ])
    func moreThanOnePercentOfAMinute(_ change: Case) {
        #expect(afterNumbers(change.counts).words == change.words)
    }

    @Test func withItsShareAndTheFirstSuchEvent() {
        let fixture = afterNumbers([(.number, 150), (.null, 20), (.missing, 30)])
        let expected = DriftedField(
            field: FieldPath("x"), change: .vanished, share: 0.25,
            since: Timestamp(rawValue: 60_000_000_000),
            origin: Origin(source: "t", partition: 3), offset: 350)
        #expect(fixture.drift.snapshot == [expected])
    }

    @Test func aMinuteIsJudgedWhenItIsOver() {
        var fixture = Fixture()
        fixture.take([(.number, 10)], minute: 0)
        let last = Nanoseconds(rawValue: 59_999_999_999)
        fixture.take([.number], minute: 1)
        fixture.take([.number, .string], minute: 1, after: last)
        #expect(fixture.words == [])
        fixture.drift.tick(Timestamp(rawValue: 119_999_999_999))
        #expect(fixture.words == [])
        fixture.drift.tick(Timestamp(rawValue: 120_000_000_000))
        #expect(fixture.words == ["was number, now text"])
        #expect(fixture.drift.snapshot[0].share == 1.0 / 3)
        #expect(fixture.drift.snapshot[0].offset == 12)
    }

    @Test func itHasDriftedUntilAMinuteIsWell() {
        var fixture = afterNumbers([(.string, 100)])
        let first = fixture.drift.snapshot
        fixture.end(minute: 5)
        #expect(fixture.drift.snapshot == first)
        for minute in 6...30 as ClosedRange<Int64> {
            fixture.take([(.number, 50), (.string, 50)], minute: minute)
        }
        fixture.end(minute: 30)
        #expect(fixture.words == ["was number, now text"])
        #expect(fixture.drift.snapshot[0].offset == first[0].offset)
        #expect(fixture.drift.snapshot[0].since == first[0].since)
        #expect(fixture.drift.snapshot[0].share == 0.5)
        fixture.take([(.number, 99), (.string, 1)], minute: 31)
        fixture.end(minute: 31)
        #expect(fixture.words == [])
    }

    @Test func aChangeToAThirdTypeIsAnother() {
        var fixture = afterNumbers([(.string, 100)])
        fixture.take([(.bool, 100)], minute: 2)
        fixture.end(minute: 2)
        #expect(fixture.words == ["was number, now boolean"])
        #expect(fixture.drift.snapshot[0].offset == 300)
    }

    @Test func theFirstMinuteIsWhatIsUsual() {
        var fixture = Fixture()
        fixture.take([(.missing, 50), (.string, 50)], minute: -7)
        fixture.end(minute: -7)
        #expect(fixture.words == [])
    }

    @Test func whatIsNotAlwaysThereCannotVanish() {
        var fixture = Fixture()
        fixture.take([(.number, 70), (.missing, 30)], minute: 0)
        fixture.take([(.number, 30), (.missing, 70)], minute: 1)
        fixture.take([(.missing, 100)], minute: 2)
        fixture.end(minute: 2)
        #expect(fixture.words == [])
        fixture.take([(.string, 2), (.missing, 98)], minute: 3)
        fixture.end(minute: 3)
        #expect(fixture.words == ["was number, now text"])
    }

    @Test func aMixtureHasNoTypeToChange() {
        var fixture = Fixture()
        fixture.take([(.number, 90), (.string, 10)], minute: 0)
        fixture.take([(.string, 100)], minute: 1)
        fixture.end(minute: 1)
        #expect(fixture.words == [])
    }

    /// After the first minute, in which half of the events lacked it.
    @Test(arguments: [9, 10])
    func tenMinutesMakeItUsual(_ minutes: Int64) {
        var fixture = Fixture()
        fixture.take([(.number, 50), (.missing, 50)], minute: 0)
        for minute in 1...minutes { fixture.take([(.number, 100)], minute: minute) }
        fixture.take([(.number, 50), (.missing, 50)], minute: minutes + 1)
        fixture.end(minute: minutes + 1)
        #expect(fixture.words == (minutes < 10 ? [] : ["vanished"]))
    }

    @Test func eachFieldForItself() {
        var drift = FieldDrift(fields: [FieldPath("a"), FieldPath("b")])
        for (minute, kind) in [(0, .number), (1, .string)] as [(Int64, Column.Kind)] {
            var batch = ColumnBatch(
                stream: 0, origin: Origin(source: "t"), firstOffset: 0,
                receivedAt: Timestamp(rawValue: minute * 60_000_000_000))
            batch.times = [0]
            batch.lines = [0]
            batch.columns = [Column(kinds: [.bool]), Column(kinds: [kind])]
            drift.take(batch)
        }
        drift.tick(Timestamp(rawValue: 120_000_000_000))
        #expect(drift.snapshot.map(\.field.name) == ["b"])
    }
}
