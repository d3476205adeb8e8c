import Events

/// The keys that may stand in one place of a dashboard file.
struct KeySet: Sendable {
    /// What they belong to: `a stream`.
    let owner: String
    let built: [String]
    /// Part of the language, but of a later version.
    let later: [String]
    /// Names with dots, which mean something to the library of a source.
    var takesProperties = false

    func holds(_ key: String) -> Bool {
        built.contains(key) || (takesProperties && key.dropFirst().dropLast().contains("."))
    }

    static let dashboard = KeySet(
        owner: "a dashboard",
        built: [
            "version", "title", "streams", "views", "lag", "alerts", "panels", "notify", "tests",
        ],
        later: ["tables", "record", "silences"])

    static let stream = KeySet(
        owner: "a stream",
        built: [
            "from", "format", "time", "time_unit", "time_zone", "out_of_orderness",
            "allowed_lateness",
            "idle_after", "max_future_skew", "forget_after", "freshness", "id", "dedup_window",
            "stages", "watermark_by", "pattern", "units", "key_limit",
        ] + SourceOption.all.map(\.name),
        later: ["join", "schema_version", "redact", "record"], takesProperties: true)

    static let lag = KeySet(
        owner: "a lag probe", built: ["from", "group"] + lagOptions.map(\.name), later: [],
        takesProperties: true)

    /// Of a source, those that say how it is reached.
    static let lagOptions: [SourceOption] = [.user, .password, .properties]

    static let alert = KeySet(
        owner: "an alert",
        built: [
            "when", "clear", "for", "across", "keep_firing_for", "no_data", "every",
            "inhibited_by", "labels", "summary", "sequence", "within", "from", "by",
        ], later: [])

    static let row = KeySet(owner: "a row", built: ["row", "height", "page"], later: [])

    /// How a receiver is told: exactly one of them.
    static let receiverWays = ["terminal", "command", "webhook", "alertmanager"]

    static let receiver = KeySet(
        owner: "a receiver",
        built: receiverWays + [
            "only", "group_by", "group_wait", "group_interval", "repeat_interval",
            "send_resolved", "timeout", "bearer_token", "ca_file",
        ], later: [])

    static let test = KeySet(
        owner: "a test", built: ["name", "feed", "stream", "expect"], later: [])

    static let alertExpectation = KeySet(
        owner: "what is expected of an alert",
        built: [
            "alert", "pending_at", "firing_at", "resolved_at", "groups", "value", "never",
        ], later: [])

    static let viewExpectation = KeySet(
        owner: "what is expected of a view",
        built: ["view", "window", "group", "values", "never"], later: [])

    /// What a panel shows: exactly one of them.
    static let panelKinds = KeySet(
        owner: "a panel",
        built: [
            "sparkline", "area", "gauge", "bars", "table", "heatmap", "top", "latency", "lag",
            "alerts", "watermark", "events", "dead_letters", "health",
        ], later: [])

    static let panelOptions = KeySet(
        owner: "a panel",
        built: [
            "title", "unit", "min", "max", "warn", "crit", "sort", "log", "width", "min_width",
            "min_height",
        ], later: [])

    static let panel = KeySet(
        owner: "a panel", built: panelKinds.built + panelOptions.built,
        later: panelKinds.later + panelOptions.later)

    /// A panel that is a row by itself.
    static let panelAsRow = KeySet(
        owner: "a row of one panel", built: panel.built + ["height", "page"], later: panel.later)

    /// Every set, for the reference page's test.
    static let all = [
        dashboard, stream, lag, alert, row, panelKinds, panelOptions, receiver, test,
        alertExpectation, viewExpectation,
    ]
}
