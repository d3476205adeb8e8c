import Engine
import Events
import Injections
import Screen
import Testing

@testable import Configuration
@testable import Monitor
@testable import Panels

/// Whatever a stream, a source or a dashboard says, in every place where it is drawn: no cell holds
/// what a terminal would obey, and no picture either.
///
/// What is drawn goes through `CleanText`; this holds for all of it together, and against the
/// standard library's tables instead of our own.
@Suite struct InjectionFrameTests {
    private static let start = Timestamp(rawValue: 1_767_268_800_000_000_000)

    /// So many at a time, in one dashboard.
    private static let share = 12

    private static let shares = stride(from: 0, to: Injection.texts.count, by: share).map {
        Array($0..<min($0 + share, Injection.texts.count))
    }

    @Test func thereAreEnough() { #expect(Injection.all.count >= 600) }

    @Test(arguments: shares) func noCellHoldsThem(numbers: [Int]) throws {
        let texts = numbers.map { Injection.texts[$0] }
        let program = Program(try dashboard(texts)) { _ in false }
        var driver = Driver(program, openedAt: Self.start)
        var number: UInt64 = 0
        func apply(_ input: Input, at second: Int64) {
            number += 1
            _ = driver.apply(
                NumberedInput(
                    number: number, receivedAt: Self.start + .seconds(second), input: input))
        }
        apply(change(.opened(partitions: [0])), at: 0)
        apply(.chunk(chunk(numbers)), at: 1)
        apply(.tick(Self.start + .seconds(30)), at: 30)
        draw(program.dashboard, driver, texts)
        apply(change(.disconnected(texts.joined())), at: 31)
        draw(program.dashboard, driver, texts, sizes: [(120, 40)])
    }

    /// With all that it may name freely set to them.
    private func dashboard(_ texts: [String]) throws -> Dashboard {
        let whole = texts.joined(separator: " ")
        // A line, in which a brace stands for a value.
        let line = String(String.UnicodeScalarView(whole.unicodeScalars.filter { !$0.isLineBreak }))
        let summary = line.replacing("{", with: "{{").replacing("}", with: "}}")
        var dashboard = try Dashboard(
            reading: """
                version: 1
                streams: { s: { from: stdin, time: ts } }
                views:
                  load: count() as n, max(x) as most by k over 10s every 1s
                  best: top(5, k) over 10s
                alerts:
                  loud: { when: load.n > 0, summary: \(doubleQuoted(summary + " {groups}")) }
                panels:
                  - row: [ { sparkline: load.n }, { table: load } ]
                  - row: [ { gauge: load.n, max: 9 }, { bars: load.most } ]
                  - { heatmap: load.most, page: over }
                  - { area: load.most, page: over }
                  - row: [ { top: best }, { alerts: all } ]
                    page: ranks
                  - { events: s, page: raw }
                  - row: [ { dead_letters: s }, { watermark: s }, { health: all } ]
                    page: raw
                """, file: "test")
        dashboard.title = whole
        dashboard.streams[0].from = whole
        for row in dashboard.rows.indices where row % 2 == 0 {
            for panel in dashboard.rows[row].panels.indices {
                dashboard.rows[row].panels[panel].title = whole
                dashboard.rows[row].panels[panel].unit = String(whole.prefix(10))
            }
        }
        return dashboard
    }

    private func change(_ state: SourceChange.State) -> Input {
        .source(SourceChange(stream: 0, source: "s", state: state))
    }

    /// Each as a key, in two events, as a field's name, and as a record that is none.
    private func chunk(_ numbers: [Int]) -> Chunk {
        var bytes: [UInt8] = []
        func add(_ line: [UInt8]) { bytes += line.filter { $0 != 0x0A } + [0x0A] }
        func record(_ key: String) -> [UInt8] {
            Array(#"{"ts":1767268801000,"x":\#(bytes.count),"k":\#(quoted(key))}"#.utf8)
        }
        for number in numbers {
            let raw = Injection.all[number]
            let text = Injection.texts[number]
            let cut = text.unicodeScalars.index(
                text.unicodeScalars.startIndex, offsetBy: text.unicodeScalars.count / 2)
            add(record(text))
            add(record(String(text.unicodeScalars[..<cut])))
            add(record(String(text.unicodeScalars[cut...])))
            add(Array(#"{"ts":1767268801000,"k":"a",\#(quoted(text)):1}"#.utf8))
            add(Array(#"{"ts":1767268801000,"k":""#.utf8) + raw + Array(#""}"#.utf8))
            add(raw)
            add(Array(raw.prefix(raw.count / 2)))
            add(Array(raw.dropFirst(raw.count / 2)))
        }
        return Chunk(
            stream: 0, origin: Origin(source: numbers.map { Injection.texts[$0] }.joined()),
            firstOffset: 0, lines: bytes.count { $0 == 0x0A }, bytes: RecordBytes(bytes),
            receivedAt: Self.start + .seconds(1))
    }

    // MARK: Frames

    private func draw(
        _ dashboard: Dashboard, _ driver: Driver, _ texts: [String],
        sizes: [(Int, Int)] = [(120, 40), (44, 12)]
    ) {
        let snapshot = driver.engine.snapshot()
        for (columns, rows) in sizes {
            var state = ScreenState(dashboard: dashboard)
            func look() {
                let grid = frame(
                    of: snapshot, health: Health(), state: state, columns: columns, rows: rows)
                grid.checkInvariants()
                expectSafe(grid, texts)
            }
            state.look(at: snapshot, columns: columns, rows: rows)
            for page in state.pageWords {
                let isOpened = state.open(page: page)
                #expect(isOpened)
                look()
            }
            for panel in state.panels.indices {
                state.focus = panel
                _ = state.handle(.enter, latest: snapshot)
                look()
                _ = state.handle("e", latest: snapshot)
                look()
                _ = state.handle(.escape, latest: snapshot)
            }
            for kind in ["/", ":"] as [KeyPress] {
                _ = state.handle(kind, latest: snapshot)
                for c in texts.joined() { _ = state.handle(.character(c), latest: snapshot) }
                look()
                _ = state.handle(.enter, latest: snapshot)
                look()
            }
            for command in [":sources\r", ":views\r", ":page \(texts[0])\r"] {
                for c in command {
                    _ = state.handle(c == "\r" ? .enter : .character(c), latest: snapshot)
                }
                look()
            }
        }
    }

    private func expectSafe(_ grid: Grid, _ texts: [String]) {
        let bad = grid.cells.contains { cell in
            let glyph = cell.glyph
            guard !glyph.isContinuation else { return false }
            let marks = [glyph.marks.0, glyph.marks.1].compactMap { $0 }
            return !isShown(glyph.base) || !marks.allSatisfy(isShown)
        }
        #expect(!bad, "\(texts.map(\.debugDescription))")
        let pictures = grid.text + grid.svg(theme: .standard)
        let isSafe = pictures.unicodeScalars.allSatisfy { $0 == "\n" || isShown($0) }
        #expect(isSafe, "\(texts.map(\.debugDescription))")
    }

    private func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        default: true
        }
    }
}
