/// Mistakes in `tests`.
extension Mistake {
    private static func alert(_ text: String) -> String {
        "name: T, feed: f, expect: { alert: a, \(text) }"
    }

    private static func view(_ text: String) -> String {
        "name: T, feed: f, expect: { view: load, \(text) }"
    }

    private static let window = "window: [0s, 1s], group: { site: x }"

    /// Those that a schema refuses too.
    static let ofTests = [
        Mistake(.test, "name: T, expect: { alert: a, never: true }", "/tests/0", "has no `feed`"),
        Mistake(.test, "feed: f, expect: { alert: a, never: true }", "/tests/0", "has no `name`"),
        Mistake(.test, "name: T, feed: f", "/tests/0", "a test has no `expect`"),
        Mistake(
            .test, "name: T, feed: f, expect: { alert: a, never: true }, fed: x", "/tests/0",
            "`fed` is not a key of a test; did you mean `feed`?"),
        Mistake(
            .test, "name: T, feed: [], expect: { alert: a, never: true }", "/tests/0/feed",
            "`feed` is a list of records"),
        Mistake(
            .test, "name: T, feed: f, expect: []", "/tests/0/expect", "found an empty one"),
        Mistake(
            .test, "name: T, feed: f, expect: { never: true }", "/tests/0/expect",
            "names an `alert` or a `view`"),
        Mistake(
            .test, alert("firing_at: 5"), "/tests/0/expect/firing_at", "is `5`; expected how long"),
        Mistake(
            .test, alert("fires_at: 5s"), "/tests/0/expect", "did you mean `firing_at`?"),
        Mistake(
            .test, alert("firing_at: 5s, groups: x"), "/tests/0/expect/groups",
            "`groups` is `x`; expected a whole number"),
        Mistake(
            .test, alert("firing_at: 5s, value: hot"), "/tests/0/expect/value", "not a number"),
        Mistake(
            .test, view("window: [0s], group: { site: x }, never: true"), "/tests/0/expect/window",
            "where it begins and where it ends"),
        Mistake(
            .test, view("\(window), values: { rate: x }"), "/tests/0/expect/values/rate",
            "not a number"),
        Mistake(
            .test, view("\(window), values: {}"), "/tests/0/expect/values",
            "takes columns and numbers"),
    ]

    /// Names of nothing, and expectations that don't fit each other.
    static let ofTestedNames = [
        Mistake(
            .test, "name: T, feed: f, expect: { alert: b, never: true }", nil,
            "there is no alert `b`; there is `a`"),
        Mistake(
            .test, "name: T, feed: f, expect: { view: lod, never: true }", nil,
            "there is no view `lod`; did you mean `load`?"),
        Mistake(
            .test, "name: T, stream: t, feed: f, expect: { alert: a, never: true }", nil,
            "there is no stream `t`"),
        Mistake(
            .test, "name: T, feed: kafka://b/t, expect: { alert: a, never: true }", nil,
            "`feed` is a file, or a list of records"),
        Mistake(.test, alert("groups: 3"), nil, "what is expected of it? `firing_at`"),
        Mistake(.test, alert("never: false"), nil, "what is expected of it? `firing_at`"),
        Mistake(
            .test, alert("never: true, firing_at: 5s"), nil,
            "an alert that never fires has no `firing_at`"),
        Mistake(
            .test, alert("firing_at: 5s, groups: [[a, b]]"), nil,
            "a group of this alert has 1 values, written `SITE`"),
        Mistake(.test, view("group: { site: x }, never: true"), nil, "which of its windows?"),
        Mistake(.test, view("window: [0s, 1s], never: true"), nil, "which of its groups?"),
        Mistake(
            .test, view("window: [1s, 1s], group: { site: x }, never: true"), nil,
            "`window` ends where it begins"),
        Mistake(
            .test, view("window: [0s, 1s], group: { sit: x }, never: true"), nil,
            "isn't by `sit`; did you mean `site`?"),
        Mistake(.test, view("\(window), values: { rat: 5 }"), nil, "did you mean `rate`?"),
        Mistake(.test, view(window), nil, "`values` or `never: true`"),
        Mistake(
            .test, view("\(window), values: { rate: 5 }, never: true"), nil,
            "a row that is never there has no `values`"),
    ]
}
