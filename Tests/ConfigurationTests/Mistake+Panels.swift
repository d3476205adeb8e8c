/// What both the schema and the reader refuse in consumer groups, alerts and panels.
extension Mistake {
    static let ofPanels = lags + alerts + words + rows + panels + looks

    private static let lags = [
        Mistake(.lag, "from: demo:plant, group: g, topic: t", "/lag/g", "`topic` is not a key of"),
        Mistake(.lag, "group: g", "/lag/g", "`g` has no `from`"),
        Mistake(.lag, "from: demo:plant", "/lag/g", "`g` has no `group`"),
        Mistake(.lag, "from: stdin, group: g", "/lag/g/from", "has no consumer groups"),
        Mistake(.lag, "from: demo:plant, group: [g]", "/lag/g/group", "takes one value"),
        Mistake(.lag, "from: demo:plant, group: \(letters(201))", "/lag/g/group", "at most 200"),
    ]

    private static let alerts = [
        Mistake(.alert, "when: load > 1, fore: 1s", "/alerts/a", "`fore` is not a key of an alert"),
        Mistake(.alert, "when: load > 1, within: 5s", "/alerts/a", "goes with a `sequence`"),
        Mistake(.alert, "for: 1s", "/alerts/a", "alert `a` has no `when`"),
        Mistake(.alert, "when: [load > 1]", "/alerts/a/when", "`when` takes one value"),
        Mistake(.alert, "when: 5", "/alerts/a/when", "`5` is a number"),
        Mistake(.alert, "when: load > 1, clear: ''", "/alerts/a/clear", "1 to 4096 characters"),
        Mistake(.alert, "when: load > 1, for: 10", "/alerts/a/for", "has no unit"),
        Mistake(.alert, "when: load > 1, keep_firing_for: soon", "/alerts/a/keep_firing_for", "is"),
        Mistake(.alert, "when: load > 1, every: 99ms", "/alerts/a/every", "expected 100ms to"),
        Mistake(.alert, "when: load > 1, across: 0", "/alerts/a/across", "from 1 to 10000"),
        Mistake(.alert, "when: load > 1, across: '0'", "/alerts/a/across", "from 1 to 10000"),
        Mistake(.alert, "when: load > 1, across: 10001", "/alerts/a/across", "from 1 to 10000"),
        Mistake(.alert, "when: load > 1, across: 1.5", "/alerts/a/across", "from 1 to 10000"),
        Mistake(.alert, "when: load > 1, across: 0.0%", "/alerts/a/across", "from 1 to 10000"),
        Mistake(.alert, "when: load > 1, across: 100.1%", "/alerts/a/across", "from 1 to 10000"),
        Mistake(.alert, "when: load > 1, across: '%'", "/alerts/a/across", "from 1 to 10000"),
        Mistake(.alert, "when: load > 1, across: .%", "/alerts/a/across", "from 1 to 10000"),
        Mistake(.alert, "when: load > 1, no_data: alert", "/alerts/a/no_data", "is `alert`"),
        Mistake(.alert, "when: load > 1, no_data: true", "/alerts/a/no_data", "is `true`"),
    ]

    private static let words = [
        Mistake(.alert, "when: load > 1, labels: page", "/alerts/a/labels", "names and values"),
        Mistake(.alert, "when: load > 1, labels: { a b: c }", "/alerts/a/labels", "can't be the"),
        Mistake(.alert, "when: load > 1, labels: { b: [c] }", "/alerts/a/labels/b", "one value"),
        Mistake(.alert, "when: load > 1, labels: { b: }", "/alerts/a/labels/b", "has no value"),
        Mistake(
            .alert, "when: load > 1, labels: { b: \(letters(201)) }", "/alerts/a/labels/b",
            "at most 200"),
        Mistake(
            .alert, "when: load > 1, labels: { \(items(21, "l", "x")) }", "/alerts/a/labels",
            "21 names; at most 20"),
        Mistake(.alert, "when: load > 1, summary: '{site'", "/alerts/a/summary", "without its `}`"),
        Mistake(.alert, "when: load > 1, summary: 'site}'", "/alerts/a/summary", "without its `{`"),
        Mistake(.alert, "when: load > 1, summary: '{{x}'", "/alerts/a/summary", "without its `{`"),
        Mistake(
            .alert, "when: load > 1, summary: \(letters(501))", "/alerts/a/summary", "at most 500"),
    ]

    private static let rows = [
        Mistake(.row, "row: load", "/panels/0/row", "`row` is a list of panels"),
        Mistake(.row, "row: []", "/panels/0/row", "`row` is a list of panels"),
        Mistake(
            .row, "row: [\(repeated(21, "{ table: load }"))]", "/panels/0/row", "at most 20"),
        Mistake(.row, "row: [load]", "/panels/0/row/0", "expected the keys of a panel, found text"),
        Mistake(
            .row, "row: [ { table: load }, { table: load, height: 2 } ]", "/panels/0/row/1/height",
            "`height` belongs to the row"),
        Mistake(.row, "row: [ { table: load } ], width: 2", "/panels/0", "is not a key of a row"),
        Mistake(
            .row, "row: [ { table: load } ], page: \(letters(41))", "/panels/0/page", "at most 40"),
        Mistake(
            .row, "row: [ { table: load, page: a } ]", "/panels/0/row/0/page",
            "`page` belongs to the row"),
        Mistake(.row, "row: [ { table: load } ], height: 0", "/panels/0/height", "is `0`"),
        Mistake(.row, "row: [ { table: load } ], height: 1.5", "/panels/0/height", "is `1.5`"),
        Mistake(.row, "table: load, height: 21", "/panels/0/height", "is `21`; expected a whole"),
        Mistake(.row, "table: load, heigth: 2", "/panels/0", "not a key of a row of one panel"),
        Mistake(.row, "height: 2", "/panels/0", "a panel says what it shows"),
    ]

    private static let panel = "/panels/1/row/0"

    private static let panels = [
        Mistake(.panel, "table: load, colour: red", panel, "`colour` is not a key of a panel"),
        Mistake(.panel, "table: load, log: true", panel + "/log", "of no use to a table"),
        Mistake(.panel, "heatmap: load, log: 1", panel + "/log", "expected true or false"),
        Mistake(.panel, "events: s, log: true", panel + "/log", "of no use to a panel of events"),
        Mistake(.panel, "bars: load, min: 1", panel + "/min", "of no use to a panel of bars"),
        Mistake(.panel, "health: some", panel + "/health", "`health` is `all`"),
        Mistake(.panel, "area: [load]", panel + "/area", "`area` takes one value"),
        Mistake(.panel, "title: x", panel, "a panel says what it shows"),
        Mistake(.panel, "table: load, lag: g", panel, "`lag` and `table` in one panel"),
        Mistake(.panel, "table: [load]", panel + "/table", "`table` takes one value"),
        Mistake(.panel, "table: load.rate", panel + "/table", "takes a whole view: `load`"),
        Mistake(.panel, "latency: 5", panel + "/latency", "there is no stream `5`"),
        Mistake(.panel, "sparkline: .rate", panel + "/sparkline", "there is no view"),
        Mistake(.panel, "gauge: load", panel, "a gauge needs `max`"),
        Mistake(.panel, "table: load, max: 9", panel + "/max", "of no use to a table"),
        Mistake(.panel, "dead_letters: s, warn: 9", panel + "/warn", "of no use to a panel of"),
        Mistake(.panel, "alerts: all, unit: s", panel + "/unit", "of no use to a panel of alerts"),
        Mistake(.panel, "lag: g, min: 1", panel + "/min", "of no use to a panel of lag"),
        Mistake(.panel, "sparkline: load, sort: rate", panel, "`sort` belongs to a table"),
    ]

    private static let looks = [
        Mistake(.panel, "table: load, title: \(letters(201))", panel + "/title", "at most 200"),
        Mistake(.panel, "table: load, unit: \(letters(21))", panel + "/unit", "at most 20"),
        Mistake(.panel, "table: load, warn: high", panel + "/warn", "`high`, not a number"),
        Mistake(.panel, "table: load, crit: '0x10'", panel + "/crit", "`0x10`, not a number"),
        Mistake(.panel, "table: load, crit: nan", panel + "/crit", "`nan`, not a number"),
        Mistake(.panel, "table: load, crit: 1_000", panel + "/crit", "`1_000`, not a number"),
        Mistake(.panel, "table: load, crit: [1]", panel + "/crit", "`crit` takes one value"),
        Mistake(.panel, "table: load, width: 21", panel + "/width", "from 1 to 20"),
        Mistake(.panel, "table: load, width: '0'", panel + "/width", "from 1 to 20"),
        Mistake(.panel, "table: load, width: half", panel + "/width", "from 1 to 20"),
        Mistake(.panel, "table: load, min_width: 401", panel + "/min_width", "from 1 to 400"),
        Mistake(.panel, "table: load, min_width: '401'", panel + "/min_width", "from 1 to 400"),
        Mistake(.panel, "table: load, min_height: 0", panel + "/min_height", "from 1 to 120"),
        Mistake(.panel, "table: load, min_height: '121'", panel + "/min_height", "from 1 to 120"),
    ]
}
