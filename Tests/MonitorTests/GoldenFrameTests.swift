import Engine
import Events
import Panels
import Screen
import Testing

@testable import Monitor

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Frames of the demo, cell by cell: characters, and runs of theme roles.
///
/// A golden that isn't there is written, and the test fails. To accept a change, delete the file
/// and run the test twice. With WEIR_PICTURES set the frames are also drawn into `docs/pictures`.
@Suite struct GoldenFrameTests {
    @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 10), (20, 5), (1, 1)])
    func theDemo(columns: Int, rows: Int) throws {
        let simulation = try PlantSimulation(seed: 3, seconds: 75)
        let state = ScreenState(dashboard: simulation.program.dashboard)
        try check("plant", simulation, state, columns, rows)
    }

    @Test func filteredAndZoomed() throws {
        let simulation = try PlantSimulation(seed: 3, seconds: 45)
        let snapshot = simulation.driver.engine.snapshot()
        var state = ScreenState(dashboard: simulation.program.dashboard)
        for key in [KeyPress.character("/"), .character("o"), .character("v"), .enter] {
            _ = state.handle(key, latest: snapshot)
        }
        for key in [KeyPress.character("5"), .enter, .down, .down] {
            _ = state.handle(key, latest: snapshot)
        }
        try check("filtered", simulation, state, 80, 24)
        _ = state.handle(.character("?"), latest: snapshot)
        try check("help", simulation, state, 80, 24)
    }

    @Test func beforeTheFirstEvent() throws {
        let simulation = try PlantSimulation(seed: 3, seconds: 0)
        let state = ScreenState(dashboard: simulation.program.dashboard)
        try check("waiting", simulation, state, 80, 24)
    }

    private func check(
        _ name: String, _ simulation: PlantSimulation, _ state: ScreenState, _ columns: Int,
        _ rows: Int
    ) throws {
        var health = Health()
        health.frameTime = Nanoseconds(rawValue: 2_100_000)
        let grid = frame(
            of: simulation.driver.engine.snapshot(), health: health, state: state,
            columns: columns, rows: rows)
        grid.checkInvariants()
        #expect(grid.columns == columns && grid.rows == rows)
        let file = "\(name)-\(columns)x\(rows)"
        if getenv("WEIR_PICTURES") != nil {
            write(grid.svg(theme: .standard), to: "docs/pictures/\(file).svg")
        }
        try compare(grid.golden, with: "Tests/MonitorTests/Golden/\(file).txt")
    }

    private func compare(_ golden: String, with file: String) throws {
        guard let known = try? readText(Repository.path(file), limit: 1 << 20) else {
            write(golden, to: file)
            Issue.record("\(file) was not there; it is written now: look at it")
            return
        }
        let lines = zip(golden.split(separator: "\n"), known.split(separator: "\n"))
        let differences = lines.filter { $0 != $1 }.prefix(5).map { "is  \($0)\nwas \($1)" }
        let same = golden == known
        #expect(same, "\(file):\n\(differences.joined(separator: "\n"))")
    }

    private func write(_ text: String, to file: String) {
        guard let handle = fopen(Repository.path(file), "w") else { return }
        fputs(text, handle)
        fclose(handle)
    }
}
