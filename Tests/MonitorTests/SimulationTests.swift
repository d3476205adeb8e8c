import Engine
import Events
import Testing

@testable import Monitor

@Suite struct SimulationTests {
    /// Each seed runs twice and must give the same trace; the books balance after every run.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func theSameSeedGivesTheSameTrace(seed: UInt64) throws {
        let first = try DemoSimulation(seed: seed, seconds: 40)
        let second = try DemoSimulation(seed: seed, seconds: 40)
        let same = first.trace == second.trace
        #expect(same, "seed \(seed)")
        let snapshot = first.driver.engine.snapshot()
        let books = snapshot.streams[0].books
        #expect(books.balance, "seed \(seed): \(books)")
        #expect(books.accepted > 10_000 && books.deadLettered > 0 && books.duplicate > 0)
        for view in snapshot.views {
            #expect(view.books.total == books.accepted, "seed \(seed): \(view.name)")
            #expect(!view.history.isEmpty)
        }
    }

    @Test func otherSeedsGiveOtherTraces() throws {
        let first = try DemoSimulation(seed: 1, seconds: 5)
        let second = try DemoSimulation(seed: 2, seconds: 5)
        let same = first.trace == second.trace
        #expect(!same)
    }

    @Test(arguments: DemoName.allCases)
    func theDemosDashboardIsTheExample(demo: DemoName) throws {
        let path = Repository.path("Examples/\(demo.rawValue).yaml")
        #expect(DemoDashboard.text(of: demo) == (try readText(path, limit: 1 << 20)))
        #expect(try DemoDashboard.read(demo).alerts.count > 0)
    }
}

/// Where the repository's files are.
enum Repository {
    static func path(_ relative: String, from file: String = #filePath) -> String {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return (parts + [relative[...]]).joined(separator: "/")
    }
}
