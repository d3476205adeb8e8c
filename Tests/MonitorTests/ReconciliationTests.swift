import Events
import Foundation
import Testing

@testable import Monitor

/// Rows of a stream and of a batch job, side by side.
@Suite struct ReconciliationTests {
    private typealias Rows = [(second: Int, key: String, values: [Double])]

    private func table(_ rows: Rows) -> WindowTable {
        var table = WindowTable()
        for row in rows {
            _ = table.set(
                WindowTable.Row(end: nil, values: row.values), at: place(row.second, row.key))
        }
        return table
    }

    private func place(_ second: Int, _ key: String) -> WindowTable.Place {
        WindowTable.Place(start: .epoch + .seconds(Int64(second)), key: [key])
    }

    private func reconcile(
        _ stream: Rows, _ batch: Rows, tolerances: [Double?] = [0], until: Int = 100_000
    ) -> Reconciliation {
        Reconciliation(
            stream: table(stream), batch: table(batch), tolerances: tolerances,
            scope: .epoch ..< .epoch + .seconds(Int64(until)))
    }

    @Test func eachKind() {
        let found = reconcile(
            [(0, "a", [1]), (0, "b", [2]), (10, "a", [3])],
            [(0, "a", [1]), (0, "b", [9]), (10, "c", [4])])
        #expect(found.agreeing == 1 && found.outside == 0)
        #expect(found.mismatches.map(\.result) == [.differs, .extra, .missing])
        #expect(found.mismatches.map(\.place) == [place(0, "b"), place(10, "a"), place(10, "c")])
        #expect(found.unexplained == 3)
    }

    /// The tolerance is a share of the larger value, and counts itself.
    @Test(arguments: [(100.0, 101.0, true), (100, 99, true), (100, 98.9, false), (0, 0, true)])
    func tolerance(a: Double, b: Double, agrees: Bool) {
        let found = reconcile([(0, "a", [a])], [(0, "a", [b])], tolerances: [0.01])
        #expect(found.mismatches.isEmpty == agrees)
    }

    @Test func nullsAgreeWithNulls() {
        #expect(reconcile([(0, "a", [.nan])], [(0, "a", [.nan])]).mismatches.isEmpty)
        #expect(reconcile([(0, "a", [.nan])], [(0, "a", [0])]).mismatches.count == 1)
        #expect(
            reconcile([(0, "a", [1, 2])], [(0, "a", [1, 3])], tolerances: [0, nil]).agreeing == 1)
    }

    /// What the stream can't have seen is no mismatch; its last window is.
    @Test func outsideOfTheStream() {
        let found = reconcile(
            [(0, "a", [1])], [(0, "a", [1]), (90, "a", [1]), (91, "a", [1])], until: 91)
        #expect(found.outside == 1 && found.mismatches.map(\.place) == [place(90, "a")])
    }

    @Test func explainedByAnotherReading() {
        var found = reconcile(
            [(0, "a", [1]), (10, "a", [3]), (20, "a", [5])], [(0, "a", [2]), (10, "a", [4])])
        found.explain(by: table([(0, "a", [2]), (10, "a", [3])]), .late)
        #expect(found.mismatches.map(\.explanation) == [.late, nil, .late])
        found.explain(by: table([(0, "a", [7]), (10, "a", [4])]), .duplicate)
        #expect(found.mismatches.map(\.explanation) == [.late, .duplicate, .late])
    }

    /// Two hours east: of the rows in the middle both sides differ, and at the edges one is
    /// missing.
    @Test func aZone() {
        let stream = (0..<24).map { (second: $0 * 3600, key: "a", values: [Double($0 * $0)]) }
        let batch = stream.map { (second: $0.second + 7200, key: $0.key, values: $0.values) }
        var found = reconcile(stream, batch, until: 26 * 3600)
        #expect(found.mismatches.count == 26)
        found.explainByTimeZone()
        #expect(Set(found.mismatches.map(\.explanation)) == [.timeZone(.seconds(7200))])
        // One row that is another for all that.
        var wrong = batch
        wrong[12].values = [-1]
        found = reconcile(stream, wrong, until: 26 * 3600)
        found.explainByTimeZone()
        #expect(found.unexplained == 2)
        #expect(found.mismatches.first { $0.explanation == nil }?.place == place(12 * 3600, "a"))
    }

    /// Rows that are all alike agree after any shift; that explains nothing.
    @Test func aZoneThatIsNone() {
        let stream = (0..<24).map { (second: $0 * 3600, key: "a", values: [1.0]) }
        var batch = stream
        batch[3].values = [2]
        var found = reconcile(stream, batch)
        found.explainByTimeZone()
        #expect(found.mismatches.map(\.explanation) == [nil])
    }
}
