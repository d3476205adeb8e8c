import Configuration
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
    /// What a frame is drawn from.
    private struct Shown: Sendable {
        var dashboard: Dashboard
        var snapshot: EngineSnapshot

        init(_ demo: DemoName = .plant, seconds: Int64) throws {
            let simulation = try DemoSimulation(demo, seed: 3, seconds: seconds)
            dashboard = simulation.program.dashboard
            snapshot = simulation.driver.engine.snapshot()
        }
    }

    private static let plant = Result { try Shown(seconds: 75) }

    @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 10), (20, 5), (1, 1)])
    func theDemo(columns: Int, rows: Int) throws {
        let shown = try Self.plant.get()
        let state = ScreenState(dashboard: shown.dashboard)
        check("plant", shown, state, columns, rows)
    }

    @Test(arguments: [DemoName.shop, .fleet], [(80, 24), (120, 40)])
    func theOtherDemos(demo: DemoName, size: (columns: Int, rows: Int)) throws {
        let shown = try Shown(demo, seconds: 75)
        let state = ScreenState(dashboard: shown.dashboard)
        check(demo.rawValue, shown, state, size.columns, size.rows)
    }

    @Test(arguments: ["machines", "stream"], [(80, 24), (120, 40)])
    func theOtherPages(page: String, size: (columns: Int, rows: Int)) throws {
        let shown = try Self.plant.get()
        var state = ScreenState(dashboard: shown.dashboard)
        state.look(at: shown.snapshot, columns: size.columns, rows: size.rows)
        let isOpened = state.open(page: page)
        #expect(isOpened)
        check("plant-\(page)", shown, state, size.columns, size.rows)
    }

    @Test func filteredAndZoomed() throws {
        let shown = try Shown(seconds: 45)
        var state = ScreenState(dashboard: shown.dashboard)
        for key in [KeyPress.character("/"), .character("o"), .character("v"), .enter] {
            _ = state.handle(key, latest: shown.snapshot)
        }
        for key in [KeyPress.character("5"), .enter, .down, .down] {
            _ = state.handle(key, latest: shown.snapshot)
        }
        check("filtered", shown, state, 80, 24)
        _ = state.handle(.character("?"), latest: shown.snapshot)
        check("help", shown, state, 80, 24)
    }

    @Test func beforeTheFirstEvent() throws {
        let shown = try Shown(seconds: 0)
        let state = ScreenState(dashboard: shown.dashboard)
        check("waiting", shown, state, 80, 24)
    }

    private func check(
        _ name: String, _ shown: Shown, _ state: ScreenState, _ columns: Int,
        _ rows: Int
    ) {
        var health = Health()
        health.frameTime = Nanoseconds(rawValue: 2_100_000)
        let grid = frame(
            of: shown.snapshot, health: health, state: state,
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
