/// Dashboards that are right, for the many ways in which a value may be written.
enum RightDashboards {
    /// A number may stand in quotes, and free text may look like a number, a date or a truth value.
    static let spelled = tops + streams + alerts + panels + receivers + tests + others

    private static let tops = [
        "title: NO", "title: 0123", "title: 1:30", "title: 1_000", "title: 2026-11-24",
        "title: true", "title: =", "title: .inf", "title: 'null'", "title: \"a\\tb\"", "title: ' '",
        "title: \(letters(200))", "title: &t T",
    ].map { DashboardPart.top.dashboard($0) }

    private static let streams = [
        "from: 2026", "from: demo:shop", "from: a b/c:d", "from: x, format: csv",
        "from: x, id: 'items[0].sku'", "from: x, id: 'a.`b.c`[12].größe'",
        "from: x, id: i, dedup_window: 1h", "from: x, stages: [a, b.c, '`d e`']",
        "from: x, time: \"`@timestamp`\", time_zone: +14:00", "from: x, time: arrival",
        "from: x, time: t, time_unit: ms, time_zone: UTC", "from: x, time: t, time_zone: -13:59",
        "from: x, time: \"`arrival`\", time_unit: s", "from: x, freshness: 1d2h3m4s5ms6us7ns",
        "from: x, idle_after: 100ms", "from: x, idle_after: 100000µs", "from: x, idle_after: 366d",
        "from: x, idle_after: 0000005s", "from: x, out_of_orderness: 0ns",
        "from: x, pattern: '(?<a>[^ ]+) (?<b>.*)'", "from: x, format: syslog",
        "from: 'kafka://a:1,b/t', security.protocol: SASL_SSL, sasl.password: '${P}', start: 15m",
        "from: 'redis://u:${P}@[::1]:1/s?start=1-0', group: g, metadata: redis",
        "from: 'redis://b/s', user: u, password: 'file:/run/secrets/p', start: 2026-11-25",
    ].map { DashboardPart.stream.dashboard($0) }

    private static let alerts = [
        "for: 1h30m", "across: 3", "across: '+03'", "across: 10000", "across: 25%", "across: .5%",
        "across: 100.0%", "across: '99.%'", "no_data: false", "no_data: 'false'", "no_data: fire",
        "labels: {}", "labels: { team: NO, n: 5, true: true }", "summary: '{{x}} {value} {site}'",
        "clear: load < 1, keep_firing_for: 0s, every: 1s",
    ].map { DashboardPart.alert.dashboard("when: load > 1, " + $0) }

    private static let panels = [
        "sparkline: load.rate, min: -1.5e2, max: .5", "gauge: load, max: '80'",
        "gauge: load, max: 5.", "heatmap: load, sort: -rate",
        "table: load, sort: -rate, width: '20', min_width: 400",
        "table: load, min_height: +120", "dead_letters: s, title: 5", "alerts: a", "lag: g",
        "latency: s", "watermark: s", "area: load, log: true, min: 1", "bars: load.rate, max: 9",
        "heatmap: load, log: 'false'", "events: s", "health: all", "area: load, warn: 5, crit: 9",
    ].map { DashboardPart.panel.dashboard($0) }

    private static let receivers = [
        "terminal: osc777, send_resolved: 'false', group_wait: 0s", "command: 5, timeout: 100ms",
        "webhook: '${URL}', bearer_token: 'file:/run/token', ca_file: ca.pem, only: {}",
        "webhook: 'https://h:1/a?b=c@d', group_by: [alert, site], only: { severity: 5 }",
        "webhook: 'file:/run/url', group_interval: 1s, repeat_interval: 366d, timeout: 5m",
        "alertmanager: 'http://[::1]:9093', only: { team: NO }",
    ].map { DashboardPart.receiver.dashboard($0) }

    private static let tests = [
        "feed: 5.ndjson, expect: [{ alert: a, firing_at: 2m1s, groups: '3' }]",
        "feed: [{ x: 1, y: [a, { b: null }] }], expect: { alert: a, pending_at: -5s }",
        "feed: ['{\"x\":1}'], expect: { alert: a, firing_at: 2026-01-01T00:00:01Z, value: '85.5' }",
        "feed: f, stream: s, expect: { alert: a, firing_at: 0s, groups: [berlin, 5, [austin]] }",
        "feed: f, expect: { alert: a, resolved_at: 1h, never: 'false' }",
        "feed: f, expect: { view: load, window: [-1s, 0s], group: { site: 5 }, never: true }",
        "feed: f, expect: { view: load, window: [2026-01-01, 1s], group: { site: a }, "
            + "values: { rate: null } }",
    ].map { DashboardPart.test.dashboard("name: T, " + $0) }

    private static let others = [
        "version: '1'\n" + minimal,
        #"{"version": 1, "streams": {"s": {"from": "x"}}, "views": {"v": "count() by a, b"}}"#,
        "version: 1\nstreams:\n  s:\n    from: x\n    pattern: |\n      (?<a>.*)\n"
            + "views: { v: count() }",
        DashboardPart.row.dashboard("table: load, height: '2'"),
        DashboardPart.row.dashboard("row: [ { table: load } ], height: 20"),
        DashboardPart.row.dashboard("row: [ { table: load } ], page: 2"),
        DashboardPart.row.dashboard("health: all, page: about weir"),
        DashboardPart.lag.dashboard("from: demo:fleet, group: 7"),
    ]

    /// Right, but an editor complains: it reads YAML by itself, so these values need quotes there,
    /// or it counts in other units, or weir is more lenient than its reference.
    static let refusedByEditors = [
        DashboardPart.top.dashboard("title: Null"),
        DashboardPart.top.dashboard("title: \(String(repeating: "e\u{301}", count: 200))"),
        DashboardPart.stream.dashboard("from: x, id: true"),
        DashboardPart.alert.dashboard("when: load > 1, across: 1e1%"),
    ]
}
