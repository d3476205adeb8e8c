import Alerting
import Configuration
import Events
import Queries
import TestSeeds
import Testing

/// SplitMix64: the same dashboards from the same seed.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }

    mutating func coin() -> Bool { roll(2) == 0 }

    mutating func pick<T>(_ items: [T]) -> T { items[roll(items.count)] }
}

extension Dice {
    mutating func text() -> String {
        let pieces = [
            "a", "é", "NO", "0123", " ", "#", " #x", ": ", "\"", "'", "\\", "`", "{", "]", "\t",
            "|", "~", "null", "\u{1F3ED}", "\u{7}", "\u{202E}", "\u{FFFF}", "&a", "*a", "%", "-",
        ]
        return "x" + (0..<roll(8)).map { _ in pick(pieces) }.joined()
    }

    private mutating func makeServed(_ stream: inout StreamDefinition) {
        stream.from = pick(["kafka://a:1,b/t", "redis://u:${P}@b/s"])
        if coin() { stream.settings.set(.start, .start(.end), text: "end") }
        if coin() { stream.settings.set(.metadata, .text("m"), text: "m") }
        let secret = Secret.environment("P")
        if stream.from.hasPrefix("redis"), coin() {
            stream.settings.set(.password, .secret(secret), text: secret.written)
        } else if stream.from.hasPrefix("kafka"), coin() {
            stream.settings.set("sasl.password", .secret(secret), text: secret.written)
        }
    }

    mutating func stream(_ name: String) -> StreamDefinition {
        var stream = StreamDefinition(
            name: name, from: pick(["stdin", "demo:plant", "/a b/c #1: d", "~", "NO"]))
        let paths = [
            FieldPath("ts"), FieldPath("arrival"), FieldPath("@odd: #"),
            FieldPath(steps: [.name("a"), .index(3), .name("b c")]),
        ]
        if coin() {
            let format = TimeFormat(
                unit: pick([nil, .s, .ms, .us, .ns]),
                offset: .seconds(Int64(roll(1681) - 840) * 60))
            stream.time = .field(pick(paths), format)
        }
        let durations: [Nanoseconds] = [
            .milliseconds(250), .seconds(90), .seconds(3600), Nanoseconds(rawValue: 100_000_001),
            Nanoseconds(rawValue: 7_000_001_000),
        ]
        if coin() { makeServed(&stream) }
        if coin() { stream.outOfOrderness = pick(durations) }
        if coin() { stream.allowedLateness = pick(durations) }
        if coin() { stream.idleAfter = pick(durations) }
        if coin() { stream.maxFutureSkew = pick(durations) }
        if coin() { stream.freshness = pick(durations) }
        if coin() { stream.stages = paths }
        stream.format = pick([nil, .json, .logfmt, .csv])
        stream.forgetAfter = .seconds(Int64(7200 + roll(100)))
        if coin() {
            stream.id = pick(paths)
            stream.dedupWindow = .seconds(7200)
        }
        return stream
    }

    mutating func panel(_ views: [ViewDefinition]) -> PanelDefinition {
        let view = roll(views.count)
        let aggregate = roll(views[view].query.aggregates.count)
        let kind = roll(3)
        let contents: [PanelDefinition.Content] = [
            .sparkline(view: view, aggregate: aggregate), .gauge(view: view, aggregate: aggregate),
            .table(view: view),
        ]
        var panel = PanelDefinition(content: contents[kind])
        if coin() { panel.title = text() }
        if coin() { panel.unit = pick(["/s", "°C", "#", "%", "\"", ": "]) }
        let numbers = [0.1, -3, 1e300, Double.leastNonzeroMagnitude, 120, 0, 12345.678]
        if coin() { panel.warn = pick(numbers) }
        if coin() { panel.crit = pick(numbers) }
        if kind < 2, coin() { panel.min = pick([-0.5, -1e9]) }
        if kind == 1 { panel.max = pick([0.1, 1e300, 5]) }
        if kind == 2, coin() {
            let query = views[view].query
            let columns = query.aggregates.map(\.name) + query.keys.map(\.name)
            panel.sort = PanelDefinition.Sort(column: pick(columns), descending: coin())
        }
        panel.width = 1 + roll(20)
        if coin() { panel.minWidth = 1 + roll(400) }
        if coin() { panel.minHeight = 1 + roll(120) }
        return panel
    }

    mutating func dashboard() throws -> Dashboard {
        let streams = ["s", "_t-1"].prefix(1 + roll(2)).map { stream($0) }
        let queries = [
            "count() from s over 1s", "rate() as r, avg(x) as m from s by a, b over 10s every 1s",
            "count() from s where tag == \"a #1: b\" over 1h", "count() from s",
        ]
        let views = try (0...roll(4)).map {
            let text = pick(queries)
            return ViewDefinition(
                name: "v\($0)", query: try Query(parsing: text), text: text, stream: 0)
        }
        let rows = (0...roll(3)).map { _ in
            PanelRow(panels: (0...roll(3)).map { _ in panel(views) }, height: 1 + roll(20))
        }
        var dashboard = Dashboard(
            title: coin() ? text() : nil, streams: streams, views: views, rows: rows)
        if coin() {
            dashboard.rows[0].panels.append(PanelDefinition(content: .latency(stream: 0)))
        }
        if coin() {
            dashboard.lag = ["l", "m"].map {
                LagDefinition(name: $0, from: "demo:shop", group: text())
            }
            dashboard.rows[0].panels.append(PanelDefinition(content: .lag(probe: roll(2))))
        }
        if coin() {
            dashboard.alerts = try (0...roll(2)).map { try alert("a\($0)", views[0]) }
            let shown = coin() ? nil : roll(dashboard.alerts.count)
            dashboard.rows[0].panels.append(PanelDefinition(content: .alerts(alert: shown)))
        }
        if coin() { dashboard.receivers = (0...roll(2)).map { receiver("r\($0)") } }
        if coin() { dashboard.tests = (0...roll(2)).map { test("t\($0)", dashboard) } }
        return dashboard
    }

    private mutating func receiver(_ name: String) -> ReceiverDefinition {
        let address: ReceiverDefinition.Address =
            coin() ? .url("https://a.example/b?c=d#e: f") : .secret(.environment("URL"))
        var receiver = ReceiverDefinition(
            name: name,
            way: pick([
                .terminal(.osc9), .command(text()), .webhook(address), .alertmanager(address),
            ]))
        receiver.sendResolved = coin()
        if coin() { receiver.only = [AlertDefinition.Label(name: "a", value: text())] }
        if receiver.isGrouped {
            receiver.groupBy = pick([["alert"], ["alert", "alert"]])
            receiver.groupWait = pick([.zero, .seconds(90)])
            receiver.repeatInterval = pick([.seconds(1), .milliseconds(1500)])
        }
        if receiver.isWeb {
            receiver.bearerToken = pick([nil, .file("/a b"), .environment("T")])
            receiver.caFile = pick([nil, text()])
            receiver.timeout = pick([.milliseconds(100), .seconds(300)])
        }
        return receiver
    }

    private mutating func time() -> TestTime {
        let instants = [0, -1, 1_767_268_800_000_000_000, 1_767_268_800_120_000_001]
        let lengths: [Nanoseconds] = [.zero, .seconds(121), Nanoseconds(rawValue: -90_000_000_001)]
        return coin()
            ? .at(Timestamp(rawValue: Int64(pick(instants)))) : .sinceFirst(pick(lengths))
    }

    private mutating func test(_ name: String, _ dashboard: Dashboard) -> TestDefinition {
        let feed: TestDefinition.Feed =
            coin() ? .file("/a b/c #1: d") : .records((0...roll(3)).map { _ in text() })
        let expectations = (0...roll(3)).map { _ -> TestExpectation in
            guard coin(), !dashboard.alerts.isEmpty else {
                return .view(expectation(ofViewIn: dashboard))
            }
            return .alert(expectation(ofAlertIn: dashboard))
        }
        return TestDefinition(
            name: name + text(), feed: feed, stream: roll(dashboard.streams.count),
            expectations: expectations)
    }

    private mutating func expectation(ofAlertIn dashboard: Dashboard) -> AlertExpectation {
        var expected = AlertExpectation(alert: roll(dashboard.alerts.count))
        expected.never = coin()
        if expected.never || coin() { expected.pendingAt = time() }
        guard !expected.never else { return expected }
        expected.firingAt = time()
        if coin() { expected.resolvedAt = time() }
        if coin() { expected.value = pick([0, -0.5, 1e300]) }
        let fields = dashboard.alerts[expected.alert].groups.count
        if fields > 0 {
            let names = (0...roll(3)).map { _ in (0..<fields).map { _ in text() } }
            expected.groups = pick([nil, .count(roll(3)), .names(names)])
        }
        return expected
    }

    private mutating func expectation(ofViewIn dashboard: Dashboard) -> ViewExpectation {
        let view = roll(dashboard.views.count)
        let query = dashboard.views[view].query
        let end = Nanoseconds.milliseconds(Int64(roll(9)))
        let window = ViewExpectation.Window(
            start: coin() ? .sinceFirst(.seconds(-1)) : .at(.epoch), end: .sinceFirst(end))
        var expected = ViewExpectation(
            view: view, window: query.window == nil ? nil : window,
            group: query.keyNames.map { _ in text() })
        expected.never = coin()
        if !expected.never {
            expected.values = query.columnNames.indices.map {
                ViewExpectation.Value(column: $0, number: pick([nil, 1, -2.5]))
            }
        }
        return expected
    }

    private mutating func alert(
        _ name: String, _ view: ViewDefinition
    ) throws -> AlertDefinition {
        let path = FieldPath(
            steps: [.name(view.name), .name(view.query.aggregates[0].name)])
        func when(_ text: String) throws -> AlertDefinition.When {
            AlertDefinition.When(try Condition(parsing: text), text: text)
        }
        var alert = AlertDefinition(
            name: name, when: try when("\(path) > 3"),
            columns: [path: ViewColumn(view: 0, aggregate: 0)], groups: view.query.keys)
        if coin() { alert.clear = try when("\(path) < 1 or \(path) > 9") }
        alert.rule = AlertRule(
            holdFor: .seconds(Int64(roll(3))), keepFiringFor: .milliseconds(Int64(roll(2)) * 250),
            noData: pick([.false, .keep, .fire]))
        if !alert.groups.isEmpty {
            alert.rule.across = pick([nil, .count(3), .share(0.29), .share(1), .share(0.001)])
        }
        if view.query.window == nil || coin() { alert.every = .seconds(90) }
        if coin() {
            alert.labels = ["severity", "team"].map {
                AlertDefinition.Label(name: $0, value: text())
            }
        }
        if coin() { alert.summary = try SummaryTemplate("{count} {{#: \"", fields: []) }
        return alert
    }
}

@Suite struct DashboardWritingTests {
    @Test(arguments: seeds(200))
    func whatIsWrittenReadsBackEqual(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let dashboard = try dice.dashboard()
        let text = dashboard.yaml
        let again = try Dashboard(reading: text, file: "seed \(seed)")
        #expect(again.title == dashboard.title)
        #expect(again.streams == dashboard.streams)
        #expect(again.views == dashboard.views)
        #expect(again.rows == dashboard.rows)
        #expect(again.lag == dashboard.lag)
        #expect(again.alerts == dashboard.alerts)
        #expect(again.receivers == dashboard.receivers)
        #expect(again.tests == dashboard.tests)
        #expect(again.yaml == text)
    }

    @Test func written() throws {
        var dashboard = Dashboard(title: "a \"b\"")
        dashboard.streams = [StreamDefinition(name: "s", from: "stdin")]
        dashboard.streams.append(StreamDefinition(name: "p", from: "demo:plant"))
        dashboard.streams[1].allowedLateness = .milliseconds(1500)
        let text = "count() from s over 1s"
        dashboard.views = [
            ViewDefinition(name: "v", query: try Query(parsing: text), text: text, stream: 0)
        ]
        dashboard.rows = [PanelRow(panels: [PanelDefinition(content: .table(view: 0))], height: 2)]
        #expect(
            dashboard.yaml == """
                version: 1
                title: "a \\"b\\""
                streams:
                  s:
                    from: stdin
                  p:
                    from: "demo:plant"
                    allowed_lateness: 1500ms
                views:
                  v: "count() from s over 1s"
                panels:
                  - row:
                      - { table: "v" }
                    height: 2

                """)
    }

    /// Whatever is done to a file, reading it ends, with a dashboard or with problems in it.
    @Test(arguments: seeds(40))
    func aDamagedFileIsNeverACrash(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let original = Array(try dice.dashboard().yaml.unicodeScalars)
        let pieces = Array(" \n\t:#\"'`{}[],-&*|>?!%@\\~aé0\r\u{2028}".unicodeScalars)
        for _ in 0..<25 {
            var scalars = original
            for _ in 0...dice.roll(4) {
                let at = dice.roll(scalars.count)
                switch dice.roll(4) {
                case 0: scalars.remove(at: at)
                case 1: scalars.insert(dice.pick(pieces), at: at)
                case 2: scalars[at] = dice.pick(pieces)
                default:
                    let end = min(scalars.count, at + dice.roll(60))
                    scalars.insert(contentsOf: scalars[at..<end], at: dice.roll(scalars.count))
                }
            }
            let text = String(String.UnicodeScalarView(scalars))
            let found = problems(of: text)
            #expect(found.count <= DashboardErrors.limit)
            for error in found {
                #expect(error.line >= 1 && error.column >= 1 && !error.message.isEmpty)
                #expect(!error.rendered(in: text).isEmpty)
            }
            let places = found.map { ($0.line, $0.column) }
            #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }, "\(text)")
        }
    }
}
