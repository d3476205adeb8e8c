/// What only the reader can refuse.
extension Mistake {
    /// Names of nothing, and text in a language of its own.
    static let ofMeaning = [
        Mistake(.panel, "table: nowhere", nil, "there is no view `nowhere`"),
        Mistake(.panel, "sparkline: load.peak", nil, "view `load` has no `peak`"),
        Mistake(.panel, "table: load, sort: -peak", nil, "has no column `peak`"),
        Mistake(.panel, "latency: t", nil, "there is no stream `t`"),
        Mistake(.panel, "lag: h", nil, "there is no lag probe `h`"),
        Mistake(.panel, "alerts: b", nil, "there is no alert `b`"),
        Mistake(.views, "load: cuont()", nil, "no aggregate `cuont`"),
        Mistake(.views, "load: rate() from t over 1s", nil, "there is no stream `t`"),
        Mistake(.stream, "from: x, pattern: '(?<a'", nil, "`pattern` can't be used"),
        Mistake(.alert, "when: load >", nil, "expected a value"),
        Mistake(.alert, "when: lod > 1", nil, "there is no view `lod`"),
        Mistake(.alert, "when: load > 1, summary: '{sitte}'", nil, "no value for `{sitte}`"),
        Mistake(.stream, "from: postgres://b/t", nil, "sources are not built yet"),
        Mistake(.stream, "from: gopher://b", nil, "is no source"),
        Mistake(.stream, "from: '${HOME}/x'", nil, "is not built yet"),
        Mistake(.end, "lag: { g: &n { from: demo:plant, group: g }, g: *n }", nil, "a second time"),
    ]

    /// Sources that others serve, and their options.
    static let ofServed = [
        Mistake(.stream, "from: 'kafka://b'", nil, "the topic is missing; it is written"),
        Mistake(.stream, "from: 'kafka:///t'", nil, "a host is missing"),
        Mistake(.stream, "from: 'redis://a,b/s'", nil, "takes one host"),
        Mistake(.stream, "from: 'redis://b:x/s'", nil, "`b:x` is no host"),
        Mistake(.stream, "from: 'redis://b/%zz'", nil, "`%` begins an escape"),
        Mistake(.stream, "from: 'redis://u:hunter2@b/s'", nil, "a password doesn't stand in"),
        Mistake(.stream, "from: 'redis://b/s?strat=end'", nil, "did you mean `start`?"),
        Mistake(.stream, "from: 'redis://b/s?start=end', start: end", nil, "is given twice"),
        Mistake(.stream, "from: x, start: end", nil, "it is one of `kafka://`, `redis://`"),
        Mistake(.stream, "from: x, a.b: c", nil, "are properties of `kafka://`"),
        Mistake(.stream, "from: 'redis://b/s', a.b: c", nil, "is no option of `redis://`"),
        Mistake(.stream, "from: 'redis://b/s', start: soon", nil, "`start` is `soon`"),
        Mistake(.stream, "from: 'kafka://b/t', sasl.password: x", nil, "isn't written out"),
    ]

    /// Values that must fit each other.
    static let ofWholes = [
        Mistake(.panel, "gauge: load, min: 5, max: 5", nil, "`max` must be more than `min`"),
        Mistake(.panel, "gauge: load, max: 0", nil, "`max` must be more than `min`"),
        Mistake(.stream, "from: x, forget_after: 500ms", nil, "needs at least its window"),
        Mistake(
            .stream, "from: x, id: i, allowed_lateness: 11m", nil, "`dedup_window` is 10m"),
        Mistake(.stream, "from: x, stages: [a, '`a`']", nil, "stands twice in `stages`"),
        Mistake(
            .file,
            "version: 1\nstreams: { s: { from: x }, t: { from: y } }\nviews: { v: count() }", nil,
            "doesn't say which stream it reads"),
        Mistake(
            .end, "alerts: { a: { when: v > 1, across: 3 } }", nil,
            "no view of this alert has a `by`"),
    ]

    /// Numbers as YAML has them, and durations that need adding up.
    static let ofNumbers = [
        Mistake(.file, "version: 1.0\n\(minimal)", nil, "`version` is `1.0`"),
        Mistake(.panel, "table: load, width: 2.0", nil, "`width` is `2.0`"),
        Mistake(.panel, "table: load, crit: 0x10", nil, "`0x10`, not a number"),
        Mistake(.panel, "table: load, crit: .inf", nil, "`.inf`, not a number"),
        Mistake(.alert, "when: load > 1, no_data: False", nil, "`no_data` is `False`"),
        Mistake(.stream, "from: x, max_future_skew: 367d", nil, "expected 0s to 8784h"),
        Mistake(.stream, "from: x, idle_after: 9ms9us", nil, "expected 100ms to 8784h"),
    ]
}
