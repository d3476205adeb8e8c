import Configuration
import Engine
import Events
import Testing

@testable import Monitor

/// Another dashboard takes over while the stream goes on.
@Suite struct PlanChangeTests {
    private static let start = Timestamp(rawValue: 1_767_268_800_000_000_000)

    private func dashboard(_ views: String..., stream: String = "time: t") throws -> Dashboard {
        try Dashboard(
            reading: "version: 1\nstreams: { s: { from: stdin, \(stream) } }\nviews:\n"
                + views.joined(separator: "\n"), file: "test")
    }

    private let site = "  site: count() as n, avg(x) as mean by site over 10s every 1s"
    private let wide = "  wide: max(y) as top by kind over 5s"

    /// Twenty events of a second, in JSON or CSV.
    private func lines(_ second: Int, csv: Bool) -> [String] {
        (0..<20).map { i in
            let time = (Self.start + .milliseconds(Int64(second * 1000 + i * 50))).rfc3339
            let (site, kind) = (["a", "b", "c"][i % 3], ["u", "v"][i % 2])
            return csv
                ? "\(time),\(site),\(kind),\(i),\(second)"
                : #"{"t":"\#(time)","site":"\#(site)","kind":"\#(kind)","x":\#(i),"y":\#(second)}"#
        }
    }

    /// Thirty seconds, a chunk each; before the one of that number the dashboard is changed.
    private func panes(
        _ first: Dashboard, at change: Int? = nil, then second: Dashboard? = nil, csv: Bool = false
    ) throws -> [String] {
        func read(_ dashboard: Dashboard) -> Dashboard {
            var dashboard = dashboard
            dashboard.streams[0].format = csv ? .csv : .json
            return dashboard
        }
        let program = Program(read(first)) { _ in true }
        let programs = Programs(program)
        var driver = Driver(program, openedAt: Self.start, programs: programs)
        var inputs: [Input] = [
            .source(SourceChange(stream: 0, source: "stdin", state: .opened(partitions: [0])))
        ]
        var offset = 0
        for second in 0..<30 {
            let header = csv && second == 0 ? ["t,site,kind,x,y"] : []
            let text = (header + lines(second, csv: csv)).map { $0 + "\n" }.joined()
            let count = header.count + 20
            inputs.append(
                .chunk(
                    Chunk(
                        stream: 0, origin: Origin(source: "stdin"), firstOffset: Int64(offset),
                        lines: count, bytes: RecordBytes(Array(text.utf8)))))
            offset += count
        }
        if let change, let second {
            inputs.insert(.dashboard(try #require(programs.add(read(second)))), at: 1 + change)
        }
        inputs.append(.source(SourceChange(stream: 0, source: "stdin", state: .ended)))
        var panes: [String] = []
        for (i, input) in inputs.enumerated() {
            let stamp = Self.start + .milliseconds(Int64(i))
            let effects = driver.apply(
                NumberedInput(number: UInt64(i + 1), receivedAt: stamp, input: input))
            for case .pane(let fired) in effects {
                panes.append(words(fired, driver.engine.plan.views[fired.view].name))
            }
        }
        return panes
    }

    private func words(_ fired: FiredPane, _ view: String) -> String {
        let rows = fired.pane.slots.enumerated().map { row, slot in
            "\(fired.keys[Int(slot)]!) \(fired.pane.values.map { $0[row] })"
        }
        return "\(view) \(fired.pane.end.clock) \(fired.pane.kind) \(rows.sorted())"
    }

    /// A view whose text is unchanged keeps its state: its panes are those of a run without change,
    /// also where its columns have moved.
    @Test(arguments: [0, 7, 29], [false, true])
    func whatIsUnchangedGoesOn(change: Int, csv: Bool) throws {
        let calm = try panes(try dashboard(site), csv: csv)
        #expect(calm.count > 30)
        for next in [try dashboard(site, wide), try dashboard(wide, site)] {
            let changed = try panes(try dashboard(site), at: change, then: next, csv: csv)
            #expect(changed.filter { $0.hasPrefix("site") } == calm)
        }
    }

    /// A new view has the windows from the change on, and they are as if it had been there before.
    @Test(arguments: [false, true]) func whatIsNewBegins(csv: Bool) throws {
        let whole = try panes(try dashboard(wide), csv: csv)
        let late = try panes(
            try dashboard(site), at: 10, then: try dashboard(site, wide), csv: csv
        ).filter { $0.hasPrefix("wide") }
        let first = try #require(late.first)
        // The change is at the beginning of a window.
        #expect(first.contains("12:00:15"))
        #expect(late == Array(whole.drop { $0 != first }))
    }

    @Test func whatIsGoneFiresNoMore() throws {
        let panes = try panes(
            try dashboard(site, wide), at: 10, then: try dashboard(site))
        #expect(panes.last { $0.hasPrefix("wide") }?.contains("12:00:05") == true)
    }

    /// A view of the same name and another text begins empty.
    @Test func whatIsAskedOtherwiseBeginsEmpty() throws {
        let next = try dashboard(
            "  site: count() as n, avg(x) as mean where x > 5 by site over 10s every 1s")
        let whole = try panes(next)
        let late = try panes(try dashboard(site), at: 10, then: next)
        let after = late.filter { whole.contains($0) }
        #expect(after.count >= 20)
    }

    @Test func otherStreamsAreRefused() throws {
        let programs = Programs(Program(try dashboard(site)) { _ in true })
        #expect(programs.add(try dashboard(site, stream: "time: t, id: x")) == nil)
        #expect(programs.add(try dashboard(wide)) == 1)
        #expect(programs.add(try dashboard(site)) == 2)
        #expect(programs[2].plan.number == 2)
    }
}
