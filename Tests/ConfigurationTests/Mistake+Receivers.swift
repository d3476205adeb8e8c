/// Mistakes in `notify`.
extension Mistake {
    private static let place = "/notify/n"

    /// Those that a schema refuses too.
    static let ofReceivers = [
        Mistake(.end, "notify: []", "/notify", "`notify` is a list"),
        Mistake(
            .end, "notify: { a-1: { terminal: bell }, 1a: { terminal: bell } }", "/notify",
            "`1a` can't be the name of a receiver"),
        Mistake(.receiver, "only: {}", place, "`n` has no way to be told: one of `terminal`"),
        Mistake(.receiver, "terminal: bell, command: x", place, "`command` and `terminal` in one"),
        Mistake(.receiver, "slack: x", place, "`slack` is not a key of a receiver"),
        Mistake(.receiver, "terminal: ring", place + "/terminal", "there is `bell`, `osc9`"),
        Mistake(.receiver, "webhook: 'ftp://h'", place + "/webhook", "expected an address like"),
        Mistake(.receiver, "webhook: 'http://'", place + "/webhook", "expected an address like"),
        Mistake(
            .receiver, "webhook: 'https://u:p@h/'", place + "/webhook", "which isn't written out"),
        Mistake(.receiver, "webhook: '${A'", place + "/webhook", "`${VARIABLE}` or `file:PATH`"),
        Mistake(
            .receiver, "webhook: 'http://h', bearer_token: abc", place + "/bearer_token",
            "is a secret, which isn't written out"),
        Mistake(
            .receiver, "alertmanager: 'http://h', group_wait: 5s", place + "/group_wait",
            "which groups and repeats by itself"),
        Mistake(
            .receiver, "terminal: bell, timeout: 5s", place + "/timeout",
            "`timeout` is of no use to `terminal`"),
        Mistake(
            .receiver, "command: x, ca_file: y", place + "/ca_file",
            "`ca_file` is of no use to `command`"),
        Mistake(
            .receiver, "terminal: bell, group_wait: soon", place + "/group_wait",
            "not a duration"),
        Mistake(.receiver, "terminal: bell, group_by: []", place + "/group_by", "1 to 20 names"),
        Mistake(.receiver, "terminal: bell, group_by: alert", place + "/group_by", "a list of"),
        Mistake(.receiver, "terminal: bell, only: [a]", place + "/only", "names and values"),
        Mistake(
            .receiver, "terminal: bell, send_resolved: no", place + "/send_resolved",
            "expected true or false"),
    ]

    /// Bounds that go by length of time, and names of nothing.
    static let ofTellingWhom = [
        Mistake(
            .receiver, "terminal: bell, group_interval: 999ms", nil, "expected 1s to"),
        Mistake(.receiver, "terminal: bell, repeat_interval: 0s", nil, "expected 1s to"),
        Mistake(.receiver, "command: x, timeout: 99ms", nil, "expected 100ms to 5m"),
        Mistake(.receiver, "command: x, timeout: 5m1ms", nil, "expected 100ms to 5m"),
        Mistake(
            .receiver, "terminal: bell, group_by: [alert, sit]", nil,
            "no alert has a field or label `sit`; did you mean `site`?"),
    ]
}
