/// A dashboard with a mistake in it.
struct Mistake: Sendable {
    var file: String
    /// Where the schema doesn't hold, as a path of keys; nil: a schema can't know of it.
    var place: String?
    /// A piece of what the reader says.
    var message: String

    init(_ part: DashboardPart, _ text: String, _ place: String?, _ message: String) {
        file = part.dashboard(text)
        self.place = place
        self.message = message
    }
}

/// A part of a dashboard, in which a test writes something else.
enum DashboardPart: Sendable {
    /// The whole file, and what follows after a stream `s` and a view `v`.
    case file, end
    case top, stream, views, lag, alert, row, panel, receiver, test

    /// A dashboard with a bit of everything, in which this part is the text and all else is right.
    func dashboard(_ text: String) -> String {
        if self == .file { return text }
        if self == .end { return "version: 1\n\(minimal)\(text)" }
        func part(_ part: DashboardPart) -> String { part == self ? text : part.right }
        return """
            version: 1
            \(part(.top))
            streams: { s: { \(part(.stream)) } }
            views: { \(part(.views)) }
            lag: { g: { \(part(.lag)) } }
            alerts: { a: { \(part(.alert)) } }
            panels: [ { \(part(.row)) }, { row: [ { \(part(.panel)) } ] } ]
            notify: { n: { \(part(.receiver)) } }
            tests: [ { \(part(.test)) } ]

            """
    }

    private var right: String {
        switch self {
        case .file, .end: ""
        case .top: "title: T"
        case .stream: "from: stdin"
        case .views: "load: rate() by site over 1s"
        case .lag: "from: demo:plant, group: g"
        case .alert: "when: load > 1"
        case .row: "row: [ { table: load } ]"
        case .panel: "table: load"
        case .receiver: "terminal: bell"
        case .test: "name: T, feed: f.ndjson, expect: { alert: a, never: true }"
        }
    }
}

/// So many items `text0, text1`; with a value, `text0: value, text1: value`.
func items(_ count: Int, _ text: String, _ value: String? = nil) -> String {
    let ending = value.map { ": \($0)" } ?? ""
    return (0..<count).map { "\(text)\($0)\(ending)" }.joined(separator: ", ")
}

func repeated(_ count: Int, _ item: String) -> String {
    Array(repeating: item, count: count).joined(separator: ", ")
}

func letters(_ count: Int) -> String { String(repeating: "x", count: count) }
