import Events
import Queries
import Testing

@testable import Engine

/// The newest records, and how those behind a value are found among them.
@Suite struct RecentRecordTests {
    private func batch(_ lines: [String], first: Int64, dead: Set<Int> = []) -> ColumnBatch {
        let text = lines.map { $0 + "\n" }.joined()
        let good = lines.indices.filter { !dead.contains($0) }
        var batch = ColumnBatch(
            stream: 0, origin: Origin(source: "t"), firstOffset: first, receivedAt: .beginning,
            byteCount: text.utf8.count, lines: good.map(UInt32.init),
            times: good.map { first + Int64($0) })
        batch.bytes = RecordBytes(Array(text.utf8))
        batch.deadLetters = dead.sorted().map {
            DeadLetter(
                reason: .malformed, origin: batch.origin, offset: first + Int64($0), position: nil,
                bytes: [])
        }
        return batch
    }

    private func texts(_ records: [RecentRecord]) -> [String] {
        records.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func theTailIsInTheOrderOfTheInputBadOnesToo() {
        var recent = RecentRecords(byteLimit: 1000)
        recent.add(batch(["a", "b"], first: 0))
        recent.add(batch(["c", "x", "d"], first: 2, dead: [1]))
        #expect(texts(recent.tail(10)) == ["a", "b", "c", "x", "d"])
        #expect(texts(recent.tail(4)) == ["b", "c", "x", "d"])
        let bad = recent.tail(2)[0]
        #expect(bad.reason == .malformed && bad.time == nil && bad.offset == 3)
        #expect(recent.tail(1)[0].time == Timestamp(rawValue: 4))
        #expect(recent.tail(0).isEmpty)
    }

    @Test func itIsBoundedByBytesAndByChunks() {
        var recent = RecentRecords(byteLimit: 6)
        for i in 0..<5 { recent.add(batch(["\(i)"], first: Int64(i))) }
        #expect(texts(recent.tail(10)) == ["2", "3", "4"] && recent.byteCount == 6)
        // The newest is kept, however long it is.
        recent.add(batch([String(repeating: "z", count: 100)], first: 9))
        #expect(recent.tail(10).count == 1)
        var many = RecentRecords(byteLimit: 1 << 20)
        for i in 0..<RecentRecords.chunkLimit + 10 { many.add(batch(["x"], first: Int64(i))) }
        #expect(many.tail(.max / 2).count == RecentRecords.chunkLimit)
        var none = RecentRecords()
        none.add(batch(["a"], first: 0))
        #expect(none.tail(1).isEmpty)
    }

    @Test func aSnapshotStaysAsItWas() {
        var recent = RecentRecords(byteLimit: 100)
        recent.add(batch(["a"], first: 0))
        let before = recent
        recent.add(batch(["b"], first: 1))
        #expect(texts(before.tail(5)) == ["a"] && texts(recent.tail(5)) == ["a", "b"])
    }

    /// What is kept must not grow with all the values that a stream has ever had.
    @Test func ofColumnsStaysWhatIsSearched() throws {
        var batch = batch(["a", "b", "c"], first: 0)
        let many: [Scalar] = [.null] + (0..<1000).map { .number(Double($0)) }
        let column = Column(
            kinds: [.number, .missing, .number], codes: [7, 0, 7], dictionary: many)
        batch.columns = [column, column]
        var recent = RecentRecords(byteLimit: 100)
        recent.isSearched = [false, true]
        recent.add(batch)
        var seen: [Column] = []
        _ = recent.rows(1) { kept in
            seen = kept.columns
            return kept.times.map { _ in false }
        }
        #expect(seen[0].codes.isEmpty && seen[0].dictionary == [.null])
        #expect(seen[1].codes == [1, 0, 1] && seen[1].dictionary == [.null, .number(6)])
    }

    @Test func onlyRowsThatCanBeReadAreSearched() {
        var recent = RecentRecords(byteLimit: 100)
        recent.add(batch(["a", "b"], first: 0))
        let all: (ColumnBatch) -> [Bool] = { $0.times.map { _ in true } }
        #expect(texts(recent.rows(1, where: all).newest) == ["b"])
        #expect(recent.rows(1, where: all).total == 2)
        recent.changeColumns([])
        #expect(recent.rows(5, where: all).total == 0 && recent.tail(5).count == 2)
    }
}
