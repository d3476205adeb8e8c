import Alerting
import Events
import Testing

@testable import Configuration

/// `alerts` and `lag` of a dashboard file.
@Suite struct AlertReadingTests {
    /// Two views by site, one finer, one of everything, one since the start.
    private func text(_ alert: String, at indent: String = "    ") -> String {
        """
        version: 1
        streams: { t: { from: demo:plant, time: ts } }
        views:
          heat: avg(temperature) as temp, max(temperature) as hottest by site over 30s every 1s
          shaking: max(vibration) by site, machine over 10s
          kinds: count() by type over 10s
          load: rate() over 5s
          total: count()
        lag:
          store: { from: "demo:plant", group: store }
        alerts:
          hot:
        \(alert.split(separator: "\n").map { indent + $0 }.joined(separator: "\n"))
        """
    }

    private func alert(_ alert: String) throws -> AlertDefinition {
        let dashboard = try Dashboard(reading: text(alert), file: "test.yaml")
        return try #require(dashboard.alerts.first)
    }

    @Test func everything() throws {
        let alert = try alert(
            """
            when: heat.temp > 80 and load > 0
            clear: heat.hottest < 75
            for: 2m
            across: 25%
            keep_firing_for: 30s
            no_data: keep
            every: 5s
            labels: { severity: page, team: NO }
            summary: "{count} hot: {groups} ({site}, {value}) for {for} {{!}}"
            """)
        #expect(alert.groups.map(\.name) == ["site"])
        #expect(
            alert.columns == [
                FieldPath(steps: [.name("heat"), .name("temp")]): ViewColumn(view: 0, aggregate: 0),
                FieldPath(steps: [.name("heat"), .name("hottest")]): ViewColumn(
                    view: 0, aggregate: 1),
                FieldPath("load"): ViewColumn(view: 3, aggregate: 0),
            ])
        #expect(
            alert.rule
                == AlertRule(
                    holdFor: .seconds(120), keepFiringFor: .seconds(30), noData: .keep,
                    across: .share(0.25)))
        #expect(alert.every == .seconds(5))
        #expect(alert.labels.map(\.value) == ["page", "NO"])
        let keys = [Key([.string("lyon")]), Key([.string("pune")])]
        #expect(
            alert.summary(of: keys, value: 81.23456)
                == "2 hot: lyon, pune (lyon, pune, 81.23) for 2m {!}")
        #expect(alert.summary(of: [], value: .nan) == "0 hot:  (–, –) for 2m {!}")
    }

    /// The finer view names the groups.
    @Test func viewsThatShareTheirFields() throws {
        let alert = try alert("when: heat.temp > 80 and shaking > 3")
        #expect(alert.groups.map(\.name) == ["site", "machine"])
    }

    @Test(arguments: [
        ("for: 1s", "12:3: alert `hot` has no `when`"),
        ("when: heat.temp >", "expected"),
        ("when: cold.temp > 80", "there is no view `cold`"),
        ("when: haet.temp > 80", "did you mean `heat`?"),
        ("when: heat > 80", "view `heat` has several columns; name one: `heat.temp`"),
        ("when: heat.temperature > 80", "view `heat` has no `temperature`"),
        ("when: heat.temp.x > 80", "`heat.temp.x` is no column of a view"),
        ("when: heat.temp", "13:11: a view's columns are numbers, so they are compared"),
        (#"when: heat.temp == "hot""#, "a view's columns are numbers"),
        ("when: shaking > 1 and kinds > 1", "the fields of one must contain the other's"),
        ("when: total > 5", "view `total` has no `over`"),
        ("when: load > 5\nacross: 3", "no view of this alert has a `by`"),
        ("when: t.freshnes > 1", "`t` has no `freshnes` to ask for; did you mean `freshness`?"),
        ("when: store.lagg > 1", "`store` has no `lagg` to ask for; did you mean `lag`?"),
        ("when: t.freshness > 1s and load > 1", "a rule is about events or about health, not both"),
        ("when: t.freshness 1m ago > 1s", "what health was before isn't kept"),
        ("when: t.freshness > 1s\nevery: 1500ms", "whole seconds"),
        ("when: total 1m ago > 1\nevery: 1s", "view `total` has no windows of one length"),
        ("when: heat.temp > heat.temp 20d ago", "more than 64 MiB hold even of one key"),
        ("when: heat.temp > 1\nacross: 0", "a number of groups from 1 to 10000"),
        ("when: heat.temp > 1\nacross: 101%", "a number of groups from 1 to 10000"),
        ("when: heat.temp > 1\nacross: 0%", "a number of groups from 1 to 10000"),
        ("when: heat.temp > 1\nno_data: alert", "expected `false`, `keep` or `fire`"),
        ("when: heat.temp > 1\nevery: 99ms", "expected 100ms to"),
        ("when: heat.temp > 1\nfor: 10", "a number alone has no unit"),
        ("when: heat.temp > 1\nsummary: '{sitte}'", "did you mean `site`?"),
        ("when: heat.temp > 1\nsummary: '{site'", "a `{` without its `}`"),
        ("when: heat.temp > 1\nsummary: 'site}'", "a `}` without its `{`"),
        ("when: heat.temp > 1\nlabels: page", "`labels` takes names and values"),
        ("when: heat.temp > 1\nlables: { a: b }", "did you mean `labels`?"),
        ("sequence: [a > 1]\nwithin: 5s\nwhen: load > 1", "has no `when`"),
        ("sequence: x > 1\nwithin: 5s", "`sequence` is a list of 1 to 16 steps"),
        ("sequence: [{ not: a > 1 }, b > 1]\nwithin: 5s", "a sequence begins with an event"),
        ("sequence: [a > 1, { not: b > 1 }, { not: c > 1 }]\nwithin: 5s", "join them with `or`"),
        ("sequence: [a > 1, { nor: b > 1 }]\nwithin: 5s", "or `{ not: condition }`"),
        ("sequence: [a + 1]\nwithin: 5s", "a step needs a condition"),
        ("sequence: [a > 1]", "a `sequence` needs `within: 30s`"),
        ("sequence: [a > 1]\nwithin: 5s\nfrom: u", "there is no stream `u`"),
        ("sequence: [a > 1]\nwithin: 5s\nby: []", "`by` is a list of 1 to 8 fields"),
        ("when: load > 1\nwithin: 5s", "`within` goes with a `sequence`"),
        ("when: load > 1\ninhibited_by: [hto]", "is inhibited by `hto`, which isn't there"),
        ("when: load > 1\ninhibited_by: [hot]", "can't be inhibited by itself"),
    ])
    func mistakes(alert: String, message: String) {
        let found = problems(of: text(alert)).map(\.description)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(message) == true, "\(found)")
    }

    @Test(arguments: [
        ("t.freshness > 5s", "t.freshness > 5", HealthMeasure.stream(0, .freshness)),
        ("t.sources_down > 0", "t.sources_down > 0", .stream(0, .sourcesDown)),
        ("store.time_lag > 2m", "store.time_lag > 120", .lag(0, .timeLag)),
        ("store.bad == 1", "store.bad == 1", .lag(0, .bad)),
    ])
    func conditionsOnHealth(text: String, canonical: String, measure: HealthMeasure) throws {
        let alert = try alert("when: \(text)")
        #expect(alert.when.condition.expression.description == canonical)
        #expect(Array(alert.measures.values) == [measure])
        #expect(alert.columns.isEmpty)
        let isLag = if case .lag = measure { true } else { false }
        #expect(alert.groups.map(\.name) == (isLag ? ["group", "topic", "partition"] : []))
    }

    @Test func aSequence() throws {
        let alert = try alert(
            """
            sequence: [ vibration > 7, { not: "kind == 'maintenance'" }, temperature > 80 ]
            within: 30s
            by: [site, machine]
            keep_firing_for: 5m
            summary: "{machine} in {site}"
            """)
        let sequence = try #require(alert.sequence)
        #expect(sequence.steps.map(\.isAbsent) == [false, true, false])
        #expect(sequence.within == .seconds(30))
        #expect(alert.groups.map(\.name) == ["site", "machine"])
        #expect(
            alert.when.text
                == "vibration > 7 → not kind == 'maintenance' → temperature > 80 within 30s")
    }

    @Test func aViewsPast() throws {
        let alert = try alert("when: load < 0.5 * load 10m ago")
        #expect(alert.when.condition.readings.map(\.written) == ["load", "load 10m ago"])
        #expect(alert.columns == [FieldPath("load"): ViewColumn(view: 3, aggregate: 0)])
    }

    @Test(arguments: [
        ("lag: { a: { from: demo:plant } }", "has no `group`"),
        ("lag: { a: { group: g } }", "has no `from`"),
        ("lag: { a: { from: stdin, group: g } }", "`stdin` has no consumer groups"),
        ("lag: {}", "`lag` is empty"),
        ("alerts: { all: { when: load > 1 } }", "`all` can't be the name of an alert"),
        ("panels: [ { alerts: hott } ]", "there is no alert `hott`"),
        ("panels: [ { latency: tt } ]", "there is no stream `tt`; did you mean `t`?"),
        ("panels: [ { lag: store } ]", "there is no lag probe `store`"),
        ("panels: [ { alerts: all, max: 3 } ]", "`max` is of no use to a panel of alerts"),
    ])
    func mistakesElsewhere(part: String, message: String) {
        let text = """
            version: 1
            streams: { t: { from: demo:plant, time: ts } }
            views: { load: rate() over 5s }
            \(part)
            """
        let found = problems(of: text).map(\.description)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(message) == true, "\(found)")
    }
}
