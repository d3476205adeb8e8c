import ArgumentParser
import Configuration
import Events

struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests in dashboard files, and stream scripts.",
        discussion: """
            A test is a feed, and what the dashboard's alerts and views make of it. A stream script,
            a file that ends in .script, says what comes when, and which windows fire.

              weir test plant.yaml
              weir test plant.yaml windows.script --junit results.xml
            """)

    @Argument(help: "Dashboard files with tests, and stream scripts.")
    var files: [String]

    @Option(help: ArgumentHelp("Only tests whose name holds this text.", valueName: "text"))
    var only: String?

    @Option(help: ArgumentHelp("Write what came of it as JUnit's XML.", valueName: "file"))
    var junit: String?

    func run() throws {
        var report = TestReport()
        var output = Output()
        for file in files {
            let cases = try cases(of: file)
            for (name, run) in cases where only.map(name.contains) ?? true {
                if report.suites.last?.file != file {
                    report.suites.append(TestReport.Suite(file: file, cases: []))
                    output.add("\(file)\n")
                }
                let started = monotonicNow()
                let differences = run()
                let test = TestReport.Case(
                    name: name, differences: differences,
                    duration: Nanoseconds(rawValue: monotonicNow() - started))
                report.suites[report.suites.count - 1].cases.append(test)
                output.add(test.text)
                try output.flush()
            }
        }
        if let junit { try writeText(report.xml, to: junit) }
        guard report.count > 0 else {
            throw Ending(.noInput, only.map { "no test's name holds \"\($0)\"" } ?? "no tests")
        }
        Output.say(report.summary)
        if report.failed > 0 { throw Ending(.differs) }
    }

    /// Names, and what finds the differences.
    private func cases(of file: String) throws(Ending) -> [(String, () -> [String])] {
        guard !file.hasSuffix(".script") else {
            let text = try readText(file, limit: 1 << 20)
            return [(fileName(file), { StreamScript.problem(in: text).map { [$0] } ?? [] })]
        }
        let dashboard = try readDashboard(file)
        guard !dashboard.tests.isEmpty else {
            throw Ending(
                .noInput, "\(file) has no `tests`; docs/dashboard.md shows how to write one")
        }
        let folder = folder(of: file)
        return dashboard.tests.map { test in
            (
                test.name,
                {
                    do throws(Ending) {
                        return try DashboardTest(test, of: dashboard, folder: folder).differences
                    } catch {
                        return [error.message ?? "it could not be run"]
                    }
                }
            )
        }
    }
}

/// Of a path, what is before its last slash; empty: the working folder.
private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ""
}

private func fileName(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "")
}
