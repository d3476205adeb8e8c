import Screen
import Testing

@testable import Monitor

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Golden frames: `Golden/NAME-COLUMNSxROWS.txt`, as `Grid.golden` writes them.
///
/// One that isn't there is written, and the test fails. To accept a change, delete the file and
/// run the test twice.
enum Golden {
    static func compare(_ grid: Grid, as name: String) {
        let file = "Tests/MonitorTests/Golden/\(name)-\(grid.columns)x\(grid.rows).txt"
        guard let known = try? readText(Repository.path(file), limit: 1 << 20) else {
            write(grid.golden, to: file)
            Issue.record("\(file) was not there; it is written now: look at it")
            return
        }
        let lines = zip(grid.golden.split(separator: "\n"), known.split(separator: "\n"))
        let differences = lines.filter { $0 != $1 }.prefix(5).map { "is  \($0)\nwas \($1)" }
        let same = grid.golden == known
        #expect(same, "\(file):\n\(differences.joined(separator: "\n"))")
    }

    static func write(_ text: String, to file: String) {
        guard let handle = fopen(Repository.path(file), "w") else { return }
        fputs(text, handle)
        fclose(handle)
    }
}
