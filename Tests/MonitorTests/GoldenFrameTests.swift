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

/// Frames of the demo, cell by cell: characters, and runs of theme roles. With WEIR_PICTURES set
/// the pictures that are in `docs/pictures` are drawn anew from them.
@Suite struct GoldenFrameTests {
    @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 10), (20, 5), (1, 1)])
    func theDemo(columns: Int, rows: Int) throws {
        let simulation = try DemoSimulation(seed: 3, seconds: 75)
        let state = ScreenState(dashboard: simulation.program.dashboard)
        check("plant", simulation, state, columns, rows)
    }

    @Test(arguments: [DemoName.shop, .fleet], [(80, 24), (120, 40)])
    func theOtherDemos(demo: DemoName, size: (columns: Int, rows: Int)) throws {
        let simulation = try DemoSimulation(demo, seed: 3, seconds: 75)
        let state = ScreenState(dashboard: simulation.program.dashboard)
        check(demo.rawValue, simulation, state, size.columns, size.rows)
    }

    @Test func filteredAndZoomed() throws {
        let simulation = try DemoSimulation(seed: 3, seconds: 45)
        let snapshot = simulation.driver.engine.snapshot()
        var state = ScreenState(dashboard: simulation.program.dashboard)
        for key in [KeyPress.character("/"), .character("o"), .character("v"), .enter] {
            _ = state.handle(key, latest: snapshot)
        }
        for key in [KeyPress.character("5"), .enter, .down, .down] {
            _ = state.handle(key, latest: snapshot)
        }
        check("filtered", simulation, state, 80, 24)
        _ = state.handle(.character("?"), latest: snapshot)
        check("help", simulation, state, 80, 24)
    }

    @Test func beforeTheFirstEvent() throws {
        let simulation = try DemoSimulation(seed: 3, seconds: 0)
        let state = ScreenState(dashboard: simulation.program.dashboard)
        check("waiting", simulation, state, 80, 24)
    }

    private func check(
        _ name: String, _ simulation: DemoSimulation, _ state: ScreenState, _ columns: Int,
        _ rows: Int
    ) {
        var health = Health()
        health.frameTime = Nanoseconds(rawValue: 2_100_000)
        let grid = frame(
            of: simulation.driver.engine.snapshot(), health: health, state: state,
            columns: columns, rows: rows)
        grid.checkInvariants()
        #expect(grid.columns == columns && grid.rows == rows)
        let file = "docs/pictures/\(name)-\(columns)x\(rows).svg"
        if getenv("WEIR_PICTURES") != nil, access(Repository.path(file), F_OK) == 0 {
            Golden.write(grid.svg(theme: .standard), to: file)
        }
        Golden.compare(grid, as: name)
    }
}
