import Configuration
import Events
import Queries
import Testing

@Suite struct DashboardReadingTests {
    private static let plant = """
        version: 1
        title: Plant floor
        streams:
          telemetry:
            from: demo:plant
            time: ts
            time_unit: ms
            time_zone: "-03:30"
            out_of_orderness: 5s
            allowed_lateness: 30s
            idle_after: 20s
            max_future_skew: 2h
            forget_after: 15m
            freshness: 5s
            id: meta.id
            dedup_window: 20m
          other: { from: stdin }
        views:
          load: rate() from telemetry by site over 10s every 1s
          heat: avg(t) as temp, max(t) as peak from telemetry by site over 30s every 1s
        panels:
          - row:
              - { sparkline: load, title: "a: b", unit: /s, width: 2, min_width: 30 }
              - { gauge: heat.temp, min: -10, max: 1.2e2, warn: 75, crit: 80 }
            height: 2
          - table: heat
            sort: -temp
            min_height: 5
        """

    @Test func everyKeyArrives() throws {
        let dashboard = try Dashboard(reading: Self.plant, file: "plant.yaml")
        var stream = StreamDefinition(name: "telemetry", from: "demo:plant")
        stream.time = .field(
            FieldPath("ts"), TimeFormat(unit: .ms, offset: .seconds(-3 * 3600 - 1800)))
        stream.outOfOrderness = .seconds(5)
        stream.allowedLateness = .seconds(30)
        stream.idleAfter = .seconds(20)
        stream.maxFutureSkew = .seconds(7200)
        stream.forgetAfter = .seconds(900)
        stream.freshness = .seconds(5)
        stream.id = FieldPath(steps: [.name("meta"), .name("id")])
        stream.dedupWindow = .seconds(1200)
        #expect(dashboard.title == "Plant floor")
        #expect(dashboard.streams == [stream, StreamDefinition(name: "other", from: "stdin")])
        #expect(dashboard.views.map(\.name) == ["load", "heat"])
        #expect(dashboard.views.map(\.stream) == [0, 0])
        #expect(
            dashboard.views[0].query
                == (try Query(parsing: "rate() from telemetry by site over 10s every 1s")))
    }

    @Test func panelsArrive() throws {
        let rows = try Dashboard(reading: Self.plant, file: "plant.yaml").rows
        var sparkline = PanelDefinition(content: .sparkline(view: 0, aggregate: 0))
        sparkline.title = "a: b"
        sparkline.unit = "/s"
        sparkline.width = 2
        sparkline.minWidth = 30
        var gauge = PanelDefinition(content: .gauge(view: 1, aggregate: 0))
        (gauge.min, gauge.max, gauge.warn, gauge.crit) = (-10, 120, 75, 80)
        var table = PanelDefinition(content: .table(view: 1))
        table.sort = PanelDefinition.Sort(column: "temp", descending: true)
        table.minHeight = 5
        #expect(
            rows == [PanelRow(panels: [sparkline, gauge], height: 2), PanelRow(panels: [table])])
    }

    @Test func jsonIsTheSame() throws {
        let json = """
            {"version": 1, "title": "T", "streams": {"s": {"from": "a/b.ndjson", "time": "ts"}},
             "views": {"v": "count() by a, b over 1s"}, "panels": [{"row": [{"table": "v"}]}]}
            """
        let yaml = """
            version: 1
            title: T
            streams:
              s:
                from: a/b.ndjson
                time: ts
            views:
              v: count() by a, b over 1s
            panels:
            - row:
              - table: v
            """
        let dashboards = try [json, yaml].map { try Dashboard(reading: $0, file: "f").yaml }
        #expect(dashboards[0] == dashboards[1])
    }

    /// The YAML of other programs makes false, 83 and 90 of these.
    @Test(arguments: ["NO", "0123", "1:30", "1_000", "2026-11-24", "=", ".inf", "'~'"])
    func textStaysWhatItIs(title: String) throws {
        let text = "version: 1\ntitle: \(title)\n" + minimal
        #expect(
            try Dashboard(reading: text, file: "f").title
                == title.filter { $0 != "'" })
    }

    @Test func defaults() throws {
        let stream = try Dashboard(reading: "version: 1\n" + minimal, file: "f").streams[0]
        #expect(stream == StreamDefinition(name: "s", from: "stdin"))
        #expect(stream.time == .arrival)
    }

    @Test(arguments: [
        ("arrival", TimeField.arrival),
        ("\"`arrival`\"", .field(FieldPath("arrival"), TimeFormat())),
        ("'a.b[2].c'", .field(path(.name("a"), .name("b"), .index(2), .name("c")), TimeFormat())),
        ("\"`@timestamp`\"", .field(FieldPath("@timestamp"), TimeFormat())),
        ("\"a.`b.c`\"", .field(path(.name("a"), .name("b.c")), TimeFormat())),
    ])
    func time(text: String, expected: TimeField) throws {
        let file = "version: 1\nstreams: { s: { from: x, time: \(text) } }\nviews: { v: count() }"
        #expect(try Dashboard(reading: file, file: "f").streams[0].time == expected)
    }

    @Test func memoryGrowsWithTheWindows() throws {
        let text = """
            version: 1
            streams: { s: { from: stdin, allowed_lateness: 5m } }
            views: { v: count() over 1h, w: count() over 10m }
            """
        let dashboard = try Dashboard(reading: text, file: "f")
        #expect(dashboard.streams[0].forgetAfter == .seconds(65 * 60))
    }

    @Test func linesOfABlockAreOneQuery() throws {
        let text = """
            version: 1
            streams: { s: { from: stdin } }
            views:
              v: |
                count()
                  by a
                over 1s
            """
        let view = try Dashboard(reading: text, file: "f").views[0]
        #expect(view.text == "count()   by a over 1s")
        #expect(view.query == (try Query(parsing: "count() by a over 1s")))
    }

    @Test func anAnchorGivesItsValueAgain() throws {
        let text = """
            version: 1
            streams: { s: { from: &here data.ndjson }, t: { from: *here } }
            views: { v: "count() from t over 1s" }
            """
        #expect(try Dashboard(reading: text, file: "f").streams[1].from == "data.ndjson")
    }

    @Test(arguments: [1, 3, 4, 6, 9])
    func defaultRows(viewCount: Int) throws {
        let view = ViewDefinition(
            name: "v", query: try Query(parsing: "count() over 1s"), text: "", stream: 0)
        let views = Array(repeating: view, count: viewCount)
        let rows = Dashboard(views: views).defaultRows
        let contents = rows.map { $0.panels.map(\.content) }
        let lines = contents.filter { if case .sparkline = $0[0] { true } else { false } }
        let tables = contents.filter { if case .table = $0[0] { true } else { false } }
        #expect(lines.count == (viewCount > 3 ? 2 : 1))
        #expect(
            lines.flatMap(\.self)
                == (0..<min(6, viewCount)).map { .sparkline(view: $0, aggregate: 0) })
        #expect(tables.flatMap(\.self) == (0..<viewCount).map { .table(view: $0) })
        #expect(contents.allSatisfy { $0.count <= 3 })
    }
}

/// A stream and a view, without `version`.
let minimal = """
    streams:
      s: { from: stdin }
    views:
      v: count() over 1s

    """

private func path(_ steps: FieldPath.Step...) -> FieldPath { FieldPath(steps: steps) }
