/// What both the schema and the reader refuse: at each level an unknown key, a key of a later
/// version, a wrong type, a missing key, a value out of bounds and one that isn't in a list.
extension Mistake {
    static let ofStreams = tops + names + streams + times + queries

    private static let tops = [
        Mistake(.top, "pannels: []", "/", "`pannels` is not a key of a dashboard"),
        Mistake(.top, "tables: {}", "/", "`tables` is not built yet"),
        Mistake(.top, "<<: {}", "/", "`<<` merges mappings"),
        Mistake(.top, "title: [a]", "/title", "`title` takes one value, found a list"),
        Mistake(.top, "title: { a: b }", "/title", "`title` takes one value, found a mapping"),
        Mistake(.top, "title: ~", "/title", "`title` has no value"),
        Mistake(.top, "title: ''", "/title", "one line of text that isn't empty"),
        Mistake(.top, #"title: "a\nb""#, "/title", "one line of text that isn't empty"),
        Mistake(.top, "title: |\n  a", "/title", "one line of text that isn't empty"),
        Mistake(.top, "title: \(letters(201))", "/title", "201 characters; at most 200"),
        Mistake(.file, "[]", "/", "expected the keys of a dashboard, found a list"),
        Mistake(.file, "", "/", "the file holds nothing"),
        Mistake(.file, "title: T\n\(minimal)", "/", "`version` is missing"),
        Mistake(.file, "version: 2\n\(minimal)", "/version", "`version` is `2`"),
        Mistake(.file, "version: [1]\n\(minimal)", "/version", "`version` takes one value"),
        Mistake(.file, "version: 1\nviews: { v: count() }", "/", "`streams` is missing"),
        Mistake(.file, "version: 1\nstreams: { s: { from: x } }", "/", "`views` is missing"),
        Mistake(.end, "panels: {}", "/panels", "`panels` is a list of rows"),
        Mistake(.end, "panels: []", "/panels", "`panels` is a list of rows"),
        Mistake(.end, "panels: [v]", "/panels/0", "expected a row"),
        Mistake(.end, "panels: [\(repeated(21, "{ table: v }"))]", "/panels", "21 rows"),
        Mistake(.end, "lag: {}", "/lag", "`lag` is empty"),
        Mistake(.end, "alerts: []", "/alerts", "`alerts` is a list"),
    ]

    private static let names = [
        Mistake(
            .file, "version: 1\nstreams: { 2fast: { from: x } }\nviews: { v: count() }",
            "/streams", "`2fast` can't be the name of a stream"),
        Mistake(
            .file,
            "version: 1\nstreams: { \(items(33, "s", "{ from: x }")) }\n"
                + "views: { v: count() from s0 }", "/streams", "33 names; at most 32"),
        Mistake(
            .file,
            "version: 1\nstreams: { s: { from: x } }\nviews: { \(items(201, "v", "count()")) }",
            "/views", "201 names; at most 200"),
        Mistake(
            .file,
            "version: 1\nstreams: { s: { from: x } }\nviews: { v: count() over 1s }\n"
                + "alerts: { \(items(10_001, "a", "{ when: v > 1 }")) }",
            "/alerts", "10001 names; at most 10000"),
        Mistake(.end, "alerts: { all: { when: v > 1 } }", "/alerts", "`all` can't be the name"),
        Mistake(.end, "alerts: { a.b: { when: v > 1 } }", "/alerts", "can't be the name of"),
        Mistake(
            .views, "load: rate() by site over 1s, \(letters(65)): count()", "/views",
            "can't be the name of a view"),
    ]

    private static let streams = [
        Mistake(.stream, "from: x, colour: red", "/streams/s", "`colour` is not a key of a stream"),
        Mistake(.stream, "from: x, join: a on b", "/streams/s", "`join` is not built yet"),
        Mistake(.stream, "time: ts", "/streams/s", "stream `s` has no `from`"),
        Mistake(
            .file, "version: 1\nstreams: { s: stdin }\nviews: { v: count() }", "/streams/s",
            "expected the keys of a stream, found text"),
        Mistake(.stream, "from: [x]", "/streams/s/from", "`from` takes one value, found a list"),
        Mistake(.stream, "from: '-'", "/streams/s/from", "is written `stdin`"),
        Mistake(.stream, "from: demo:plants", "/streams/s/from", "no demo `demo:plants`"),
        Mistake(.stream, "from: \(letters(4097))", "/streams/s/from", "at most 4096"),
        Mistake(.stream, "from: x, format: xml", "/streams/s/format", "`format` is `xml`"),
        Mistake(.stream, "from: x, format: [csv]", "/streams/s/format", "`format` takes one value"),
        Mistake(.stream, "from: x, pattern: [a]", "/streams/s/pattern", "takes one value"),
        Mistake(
            .stream, "from: x, pattern: '(?<a>x)', format: csv", "/streams/s/format",
            "leave `format` out"),
        Mistake(.stream, "from: x, id: a..b", "/streams/s/id", "`id` is `a..b`, not a field"),
        Mistake(.stream, "from: x, id: '`a'", "/streams/s/id", "not a field"),
        Mistake(.stream, "from: x, id: 5", "/streams/s/id", "`id` is `5`, not a field"),
        Mistake(.stream, "from: x, id: 'a[x]'", "/streams/s/id", "not a field"),
        Mistake(.stream, "from: x, stages: a", "/streams/s/stages", "is a list of 1 to 16 fields"),
        Mistake(.stream, "from: x, stages: []", "/streams/s/stages", "is a list of 1 to 16 fields"),
        Mistake(.stream, "from: x, stages: [1a]", "/streams/s/stages/0", "not a field"),
        Mistake(.stream, "from: x, stages: [a, a]", "/streams/s/stages", "`a` stands twice"),
        Mistake(
            .stream, "from: x, stages: [\(items(17, "f"))]", "/streams/s/stages",
            "is a list of 1 to 16 fields"),
        Mistake(
            .stream, "from: 'redis://b/s', password: x", "/streams/s/password",
            "isn't written out"),
        Mistake(
            .stream, "from: 'redis://b/s', metadata: a b", "/streams/s/metadata",
            "not the name of a field"),
        Mistake(.stream, "from: x, dedup_window: 1m", "/streams/s", "does nothing without `id`"),
    ]

    private static let times = [
        Mistake(.stream, "from: x, time: [t]", "/streams/s/time", "`time` takes one value"),
        Mistake(.stream, "from: x, time: t, time_unit: min", "/streams/s/time_unit", "is `min`"),
        Mistake(.stream, "from: x, time_unit: ms", "/streams/s/time_unit", "without `time`"),
        Mistake(
            .stream, "from: x, time: arrival, time_zone: UTC", "/streams/s/time_zone",
            "does nothing without `time`"),
        Mistake(
            .stream, "from: x, time: t, time_zone: +14:01", "/streams/s/time_zone",
            "expected `UTC` or an offset"),
        Mistake(
            .stream, "from: x, time: t, time_zone: Europe/Berlin", "/streams/s/time_zone",
            "is not built yet"),
        Mistake(.stream, "from: x, idle_after: 10", "/streams/s/idle_after", "has no unit"),
        Mistake(.stream, "from: x, idle_after: 10 s", "/streams/s/idle_after", "not a duration"),
        Mistake(.stream, "from: x, idle_after: 1.5s", "/streams/s/idle_after", "not a duration"),
        Mistake(.stream, "from: x, idle_after: 5s1m", "/streams/s/idle_after", "not a duration"),
        Mistake(.stream, "from: x, idle_after: -5s", "/streams/s/idle_after", "not a duration"),
        Mistake(.stream, "from: x, idle_after: 99ms", "/streams/s/idle_after", "expected 100ms"),
        Mistake(.stream, "from: x, freshness: 0s", "/streams/s/freshness", "expected 100ms"),
        Mistake(.stream, "from: x, forget_after: [1s]", "/streams/s/forget_after", "found a list"),
        Mistake(.stream, "from: x, id: i, dedup_window: 9us", "/streams/s/dedup_window", "100ms"),
        Mistake(.stream, "from: x, units: {}", "/streams/s/units", "1 to 100 fields"),
        Mistake(.stream, "from: x, units: { a: m }", "/streams/s/units/a", "no unit of `a`"),
        Mistake(.stream, "from: x, key_limit: 0", "/streams/s/key_limit", "1 to 10000000"),
        Mistake(.stream, "from: x, allowed_lateness: 5", "/streams/s/allowed_lateness", "no unit"),
        Mistake(.stream, "from: x, max_future_skew: 1y", "/streams/s/max_future_skew", "not a"),
        Mistake(
            .stream, "from: x, out_of_orderness: 1000d", "/streams/s/out_of_orderness",
            "expected 0s to 8784h"),
    ]

    private static let queries = [
        Mistake(.views, "load: [a]", "/views/load", "takes a query, found a list"),
        Mistake(.views, "load: { a: b }", "/views/load", "takes a query, found a mapping"),
        Mistake(.views, "load: 5", "/views/load", "holds no aggregate"),
        Mistake(.views, "load: ''", "/views/load", "is empty; expected 1 to 4096 characters"),
        Mistake(.views, "load: ' '", "/views/load", "is empty; expected 1 to 4096 characters"),
        Mistake(.views, "load: ", "/views/load", "has no query"),
        Mistake(.views, "load: \(letters(4097))", "/views/load", "has 4097 characters"),
    ]
}
