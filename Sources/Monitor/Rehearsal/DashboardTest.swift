import Configuration
import Connectors
import Engine
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A test of a dashboard file, run: what was expected and didn't come.
struct DashboardTest {
    let definition: TestDefinition
    let dashboard: Dashboard
    private let rehearsal: Rehearsal
    /// Of each expectation of a view: whether there was such a row, and its values.
    private let rows: [Int: [Double]]

    /// `folder`: where the dashboard's file lies.
    init(
        _ definition: TestDefinition, of dashboard: Dashboard, folder: String
    ) throws(Ending) {
        self.definition = definition
        self.dashboard = dashboard
        var rows: [Int: [Double]] = [:]
        let feed = try definition.feed.source(folder)
        rehearsal = try Rehearsal(
            dashboard.fed(feed.name, to: definition.stream),
            taken: feed.taken.map { [definition.stream: $0] } ?? [:]
        ) { fired, beginning in
            for (i, expectation) in definition.expectations.enumerated() {
                guard case .view(let view) = expectation, view.view == fired.view,
                    view.isAbout(fired.pane, since: beginning), let row = view.row(of: fired)
                else { continue }
                rows[i] = fired.pane.values.map { $0[row] }
            }
        }
        self.rows = rows
    }

    /// A difference in one or more lines each, in the order of the expectations; empty: it passes.
    var differences: [String] {
        guard let beginning = rehearsal.beginning else {
            return ["no record of the feed could be used" + firstDeadLetter]
        }
        var found: [String] = []
        for (i, expectation) in definition.expectations.enumerated() {
            switch expectation {
            case .alert(let alert):
                found += AlertComparison(
                    dashboard, alert.alert, rehearsal.changes, since: beginning
                ).differences(from: alert)
            case .view(let view): found += differences(view, rows[i], beginning)
            }
        }
        return found + unexpected(beginning)
    }

    private var firstDeadLetter: String {
        guard let letter = rehearsal.snapshot.streams[definition.stream].deadLetters.first else {
            return ": it is empty"
        }
        return ": record \(letter.offset + 1) is bad (\(letter.reason.rawValue))"
    }

    // MARK: Alerts

    /// Changes at instants that no expectation of their kind names, where one names any.
    private func unexpected(_ beginning: Timestamp) -> [String] {
        let alerts = definition.expectations.compactMap { expectation in
            if case .alert(let alert) = expectation { alert } else { nil }
        }
        return Set(alerts.map(\.alert)).sorted().flatMap { index in
            let comparison = AlertComparison(
                dashboard, index, rehearsal.changes, since: beginning)
            return comparison.unexpected(alerts.filter { $0.alert == index })
        }
    }

    // MARK: Views

    private func differences(
        _ view: ViewExpectation, _ row: [Double]?, _ beginning: Timestamp
    ) -> [String] {
        let definition = dashboard.views[view.view]
        var place = definition.name
        if let window = view.window {
            place += " [\(window.start.words(beginning)), \(window.end.words(beginning)))"
        }
        if !view.group.isEmpty { place += " " + view.group.joined(separator: " · ") }
        guard let row else {
            return view.never ? [] : ["\(place)\n  expected  a row\n  found     none"]
        }
        if view.never { return ["\(place)\n  expected  no row\n  found     one"] }
        return view.values.compactMap { value in
            let name = definition.query.columnNames[value.column]
            let (wanted, found) = (shown(value.number ?? .nan), shown(row[value.column]))
            if wanted == found { return nil }
            return "\(place): \(name)\n  expected  \(wanted)\n  found     \(found)"
        }
    }
}

/// As in a table: to six significant digits.
func shown(_ value: Double) -> String {
    value.isFinite ? plainNumber(rounded(value, digits: 6)) : "null"
}

extension ViewExpectation {
    fileprivate func isAbout(_ pane: Pane, since beginning: Timestamp) -> Bool {
        guard let window else { return true }
        return window.start.instant(beginning) == pane.start
            && window.end.instant(beginning) == pane.end
    }

    /// The row of the group; nil where there is none, or one without an event.
    fileprivate func row(of fired: FiredPane) -> Int? {
        fired.pane.slots.indices.first { row in
            fired.pane.counts[row] > 0
                && fired.keys[Int(fired.pane.slots[row])]?.values.map(\.description) == group
        }
    }
}

extension TestDefinition.Feed {
    /// What is read: a file, or what stands for it.
    fileprivate func source(
        _ folder: String
    ) throws(Ending) -> (name: String, taken: TakenInput?) {
        switch self {
        case .file(let path):
            let path = path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
            return (path, nil)
        case .records(let records):
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw Ending(.inputOutput, "/dev/null: \(String(cString: strerror(errno)))")
            }
            let bytes = records.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
            return ("stdin", TakenInput(descriptor: descriptor, bytes: bytes))
        }
    }
}
