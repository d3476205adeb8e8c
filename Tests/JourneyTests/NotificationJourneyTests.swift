import Foundation
import FoundationNetworking
import PtySupport
import Synchronization
import TestServers
import Testing

/// Who is told of alerts, by the real program: a web server, a command, a terminal, and an
/// Alertmanager.
@Suite struct NotificationJourneyTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("weir-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    /// `hot` fires at the end of the second of the first temperature above 80.
    private func write(_ receiver: String, labels: String = "severity: page") throws {
        let text = """
            version: 1
            title: Ovens
            streams: { oven: { from: stdin, time: ts } }
            views: { heat: max(temp) as temp by site over 1s }
            alerts:
              hot:
                { when: heat.temp > 80, labels: { \(labels) }, summary: "{site} at {value}" }
            notify:
              r: { \(receiver) }
            """
        try text.write(
            to: folder.appendingPathComponent("oven.yaml"), atomically: true, encoding: .utf8)
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// `firing lyon 91`, for each alert of a message.
    private func alerts(_ request: WebServer.Request) throws -> [String] {
        let alerts = try #require(try json(request.body)["alerts"] as? [[String: Any]])
        return alerts.map { alert in
            let group = (alert["groups"] as? [[String: Any]])?.first
            return "\(alert["state"] ?? "") \(group?["site"] ?? "") \(alert["value"] ?? "")"
        }
    }

    // MARK: A web server

    @Test func aWebServerIsToldOfBothEnds() throws {
        defer { remove() }
        let server = WebServer { _, _ in .status(204) }
        try "s3cret\n".write(
            to: folder.appendingPathComponent("token"), atomically: true, encoding: .utf8)
        try write(
            "webhook: \"${PAGER}\", group_wait: 0s, group_interval: 1s, bearer_token: "
                + "\"file:\(folder.path)/token\", only: { severity: page }")
        let watch = try LiveWatch(folder, environment: ["PAGER": server.url + "/told"])
        try watch.send([60, 91, 92], from: 0)
        #expect(server.wait { $0.count == 1 })
        try watch.send([60, 60], from: 3)
        #expect(server.wait { $0.count == 2 })
        let (first, second) = (server.requests[0], server.requests[1])
        #expect(first.path == "/told" && first.headers["authorization"] == "Bearer s3cret")
        #expect(try alerts(first) == ["firing lyon 91"])
        let message = try json(first.body)
        #expect(message["dashboard"] as? String == "Ovens")
        #expect(message["status"] as? String == "firing")
        let alert = try #require((message["alerts"] as? [[String: Any]])?.first)
        #expect(alert["summary"] as? String == "lyon at 91")
        #expect(alert["since"] as? String == "2026-01-01T12:00:02.000Z")
        #expect(try alerts(second) == ["resolved lyon 91"])
    }

    @Test func onlyThoseWithTheLabelAreTold() throws {
        defer { remove() }
        let server = WebServer { _, _ in .status(200) }
        try write(
            "webhook: \"\(server.url)\", group_wait: 0s, only: { severity: mail }")
        let watch = try LiveWatch(folder)
        try watch.send([60, 91, 92, 60, 60], from: 0)
        watch.kill()
        #expect(server.requests.isEmpty)
    }

    /// Down for three attempts: nothing is lost, nothing is told twice, and the secret in the
    /// address is in no word about it.
    @Test func itIsTriedAgain() throws {
        defer { remove() }
        let server = WebServer { number, _ in .status(number < 3 ? 503 : 200) }
        try write("webhook: \"${PAGER}\", group_wait: 0s")
        let watch = try LiveWatch(folder, environment: ["PAGER": server.url + "/s3cret"])
        try watch.send([60, 91, 92], from: 0)
        #expect(server.wait { $0.count == 4 })
        for request in server.requests { #expect(try alerts(request) == ["firing lyon 91"]) }
        try watch.send([93, 93], from: 3)
        let said = watch.kill()
        #expect(said.contains("notify r: it answered with status 503; it is tried again"))
        #expect(!said.contains("s3cret"))
        #expect(server.requests.count == 4)
    }

    /// Killed after it was told, and before: the next run tells what wasn't, and nothing twice.
    @Test func aRestartForgetsNothingAndTellsNothingTwice() throws {
        defer { remove() }
        let isDown = Mutex(false)
        let server = WebServer { _, _ in .status(isDown.withLock { $0 } ? 503 : 200) }
        try write(
            "webhook: \"\(server.url)\", group_wait: 0s, group_interval: 1s, group_by: [site]")
        var watch = try LiveWatch(folder)
        try watch.send([60, 91, 92], oslo: [60, 60, 60], from: 0)
        #expect(server.wait { $0.count == 1 })
        isDown.withLock { $0 = true }
        try watch.send([93, 93, 93], oslo: [95, 95, 95], from: 3)
        #expect(server.wait { $0.count == 2 })
        #expect(watch.remembers(5))
        watch.kill()
        #expect(server.waitForEnd())
        let before = server.requests.count
        isDown.withLock { $0 = false }
        watch = try LiveWatch(folder)
        try watch.send([93, 93, 93], oslo: [95, 95, 95], from: 20)
        #expect(server.wait { $0.count > before })
        try watch.send([93, 93], oslo: [95, 95], from: 23)
        watch.kill()
        #expect(try alerts(server.requests[0]) == ["firing lyon 91"])
        let tried = try server.requests.dropFirst().flatMap(alerts)
        #expect(tried.allSatisfy { $0.hasPrefix("firing oslo") }, "\(tried)")
        #expect(server.requests.count == before + 1)
    }

    // MARK: A command

    @Test func aCommandReadsIt() throws {
        defer { remove() }
        let server = WebServer { _, _ in .status(200) }
        try write(
            "command: \"cat >>\(folder.path)/told; "
                + "curl -s -d @\(folder.path)/told \(server.url)\", group_wait: 0s")
        let watch = try LiveWatch(folder)
        try watch.send([60, 91, 92], from: 0)
        #expect(server.wait { $0.count == 1 })
        watch.kill()
        let told = try String(
            contentsOf: folder.appendingPathComponent("told"), encoding: .utf8)
        #expect(told.hasSuffix("}\n") && told.filter { $0 == "\n" }.count == 1)
        let message = try json(told)
        #expect(message["receiver"] as? String == "r" && message["firing"] as? Int == 1)
    }

    // MARK: A terminal

    @Test(arguments: [
        ("bell", "\u{07}"), ("osc9", "\u{1B}]9;FIRING hot: oven at 81\u{07}"),
        ("osc777", "\u{1B}]777;notify;weir;FIRING hot: oven at 81\u{07}"),
    ])
    func aTerminalGivesASign(sign: String, bytes: String) throws {
        defer { remove() }
        let server = ServerProcess.freePort()
        let text = """
            version: 1
            streams: { oven: { from: "tcp-listen://127.0.0.1:\(server)", time: ts } }
            views: { heat: max(temp) as temp by site over 1s }
            alerts:
              hot: { when: heat.temp > 80, summary: "{site} at {value}" }
            notify:
              me: { terminal: \(sign), group_wait: 0s }
            """
        let file = folder.appendingPathComponent("oven.yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let terminal = weirOnTerminal(["watch", file.path, "--no-audit"])
        #expect(terminal.waits(for: "heat"))
        terminal.forgetOutput()
        let sender = try Process.run(
            URL(fileURLWithPath: "/bin/bash"),
            arguments: [
                "-c",
                """
                until (: >/dev/tcp/127.0.0.1/\(server)) 2>/dev/null; do :; done
                exec 3>/dev/tcp/127.0.0.1/\(server)
                printf '{"ts":"2026-01-01T12:00:0%sZ","site":"oven","temp":81}\\n' 0 1 2 >&3
                """,
            ])
        sender.waitUntilExit()
        #expect(terminal.waits(for: bytes))
    }

    // MARK: Alertmanager

    private static let alertmanager = "/usr/bin/prometheus-alertmanager"
    private static let isWanted =
        FileManager.default.isExecutableFile(atPath: alertmanager)
        || ProcessInfo.processInfo.environment["CI"] != nil

    /// It has what fires, with its labels, and knows of the end: as the program prints it.
    @Test(.enabled(if: isWanted)) func anAlertmanagerAgrees() throws {
        defer { remove() }
        let configuration = folder.appendingPathComponent("am.yaml")
        try "route: { receiver: none }\nreceivers: [{ name: none }]\n".write(
            to: configuration, atomically: true, encoding: .utf8)
        let port = ServerProcess.freePort()
        let server = try #require(
            ServerProcess(
                Self.alertmanager,
                [
                    "--config.file=\(configuration.path)", "--storage.path=\(folder.path)/am",
                    "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
                ], port: port))
        try write("alertmanager: \"http://127.0.0.1:\(server.port)/\"", labels: "team-name: heat")
        let watch = try LiveWatch(folder)
        try watch.send([60, 91, 92], from: 0)
        let alert = try #require(try wait(server) { $0.count == 1 }.first)
        let labels = try #require(alert["labels"] as? [String: String])
        #expect(
            labels == [
                "alertname": "hot", "dashboard": "Ovens", "site": "lyon", "team_name": "heat",
            ])
        let annotations = try #require(alert["annotations"] as? [String: String])
        #expect(annotations == ["summary": "lyon at 91", "value": "91"])
        #expect(alert["startsAt"] as? String == "2026-01-01T12:00:02.000Z")
        try watch.send([60, 60], from: 3)
        #expect(try wait(server) { $0.isEmpty }.isEmpty)
    }

    /// Its active alerts, once they are so; as they are after twenty seconds otherwise.
    private func wait(
        _ server: ServerProcess, until condition: ([[String: Any]]) -> Bool
    ) throws -> [[String: Any]] {
        let url = try #require(
            URL(string: "http://127.0.0.1:\(server.port)/api/v2/alerts?active=true"))
        var alerts: [[String: Any]] = []
        _ = ServerProcess.wait(within: 20) {
            let found = (try? Data(contentsOf: url)).flatMap {
                try? JSONSerialization.jsonObject(with: $0) as? [[String: Any]]
            }
            alerts = found ?? alerts
            return found.map(condition) ?? false
        }
        return alerts
    }
}
