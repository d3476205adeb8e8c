import Events
import Queries

extension Dashboard {
    /// How long a file may be, in bytes.
    package static let textLimit = 1 << 20

    /// Reads a dashboard file: YAML, or JSON as the YAML that it is.
    ///
    /// `file` is its name in messages. Throws everything that is wrong with it, in the file's
    /// order; a problem that only follows from another is left out.
    package init(reading text: String, file: String) throws(DashboardErrors) {
        guard text.utf8.count <= Dashboard.textLimit else {
            throw DashboardErrors([
                DashboardError(
                    file: file, line: 1, column: 1,
                    message: "\(text.utf8.count) bytes; a dashboard has at most 1 MiB")
            ])
        }
        let source = SourceText(text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
        var reader = DashboardReader(source)
        let dashboard = reader.read()
        guard reader.problems.isEmpty else { throw reader.errors(file: file) }
        self = dashboard
    }
}

/// Gives the tree of a dashboard file its meaning, and collects what is wrong.
struct DashboardReader {
    let source: SourceText
    var problems: [Problem] = []
    var streams: [StreamDraft] = []
    /// Every name under `views`, also of those that could not be read.
    var viewNames: [String] = []
    var views: [ViewDefinition] = []
    /// Every name under `lag` and `alerts`, and what could be read.
    var lagNames: [String] = []
    var lag: [LagDefinition] = []
    var alertNames: [String] = []
    var alerts: [AlertDefinition] = []

    init(_ source: SourceText) { self.source = source }

    /// What could be read; a whole dashboard only if there are no problems.
    mutating func read() -> Dashboard {
        var document = DocumentReader(source)
        do throws(Problem) {
            let root = try document.read()
            problems = document.problems
            return read(root ?? DocumentNode(content: .nothing, offset: 0))
        } catch {
            problems = document.problems + [error]
            return Dashboard()
        }
    }

    private mutating func read(_ root: DocumentNode) -> Dashboard {
        if root.content == .nothing {
            add("the file holds nothing; a dashboard begins with `version: 1`", at: 0)
            return Dashboard()
        }
        guard let fields = fields(of: root, KeySet.dashboard) else { return Dashboard() }
        readVersion(fields)
        var dashboard = Dashboard()
        dashboard.title = fields["title"].flatMap { text($0, limit: 200) }
        readStreams(fields)
        readViews(fields)
        readLag(fields)
        readAlerts(fields)
        dashboard.streams = streams.map(\.definition)
        dashboard.views = views
        dashboard.lag = lag
        dashboard.alerts = alerts
        dashboard.rows =
            fields["panels"].map { readRows($0) } ?? dashboard.defaultRows
        dashboard.receivers = readReceivers(fields)
        dashboard.tests = readTests(fields)
        return dashboard
    }

    private mutating func readVersion(_ fields: Fields) {
        guard let field = fields["version"] else {
            add("`version` is missing; a dashboard begins with `version: 1`", at: fields.offset)
            return
        }
        guard let text = text(field, limit: 20), text != "1" else { return }
        refuse(field, "`version` is \(quotedPiece(text)); this weir reads version 1")
    }

    func errors(file: String) -> DashboardErrors {
        var order = Array(problems.indices)
        order.sort { (problems[$0].offset, $0) < (problems[$1].offset, $1) }
        return DashboardErrors(
            order.prefix(DashboardErrors.limit).map { index in
                let problem = problems[index]
                let (line, column) = source.place(at: problem.offset)
                return DashboardError(
                    file: file, line: line, column: column, length: problem.length,
                    kind: problem.kind, message: problem.message)
            })
    }
}
