import Foundation
import Testing

/// "Temperature above 80 for 120 seconds across three sites", through the real program, at the
/// second that one computes by hand.
///
/// Three sites measure once a second, in the middle of it, and a window is a second long. With
/// 85 °C from 12:00:10 on, the first hot window ends at :11, which is when the condition first
/// holds; 120 s later it is 12:02:11.
@Suite struct AlertJourneyTests {
    /// What a site measures in a second, from 0; nil: nothing. `delay`: how much later its lines
    /// come.
    private struct Site {
        var name: String
        var delay = 0
        var temperature: (Int) -> Double?
    }

    private static func hot(from start: Int) -> (Int) -> Double? { { $0 >= start ? 85 : 60 } }

    private func lines(_ sites: [Site], seconds: Int = 420) -> String {
        let all = sites.flatMap { site in
            (0..<seconds).compactMap { second in
                site.temperature(second).map { (second + site.delay, second, site.name, $0) }
            }
        }
        return all.sorted { ($0.0, $0.2) < ($1.0, $1.2) }.map { _, second, site, value in
            let (m, s) = (second / 60, second % 60)
            let time = String(format: "2026-01-01T12:%02d:%02d.500Z", m, s)
            return #"{"ts":"\#(time)","site":"\#(site)","temperature":\#(value)}"# + "\n"
        }.joined()
    }

    /// `STATE HH:MM:SS SITES` of each change but those of pending, and the status.
    private func changes(
        _ sites: [Site], clear: String? = nil, lateness: String = "5s", arguments: [String] = []
    ) throws -> (lines: [String], status: Int32) {
        let dashboard = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString).yaml")
        let text = """
            version: 1
            streams: { plant: { from: stdin, time: ts, out_of_orderness: \(lateness) } }
            views: { heat: max(temperature) as temp by site over 1s }
            alerts:
              overheating:
                when: heat.temp > 80
                \(clear.map { "clear: \($0)" } ?? "labels: { severity: page }")
                for: 120s
                across: 3
            """
        try text.write(to: dashboard, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: dashboard) }
        let result = try runWeir(
            ["watch", dashboard.path, "--no-follow", "--headless"] + arguments,
            input: lines(sites))
        let alerts = try result.out.split(separator: "\n").map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }.filter { $0["kind"] as? String == "alert" }
        let lines = alerts.compactMap { alert -> String? in
            guard let state = alert["state"] as? String, let at = alert["at"] as? String,
                let groups = alert["groups"] as? [[String: String]], state != "pending"
            else { return nil }
            let sites = groups.compactMap { $0["site"] }.joined(separator: " ")
            return "\(state) \(at.dropFirst(11).prefix(8)) \(sites)"
        }
        return (lines, result.status)
    }

    private let a = Site(name: "a", temperature: hot(from: 10))
    private let b = Site(name: "b", temperature: hot(from: 10))

    @Test func threeHotSites() throws {
        let c = Site(name: "c", temperature: Self.hot(from: 10))
        let result = try changes([a, b, c], arguments: ["--fail-on", "firing"])
        #expect(result.lines == ["firing 12:02:11 a b c"])
        #expect(result.status == 2)
    }

    @Test func twoAreTooFew() throws {
        let c = Site(name: "c", temperature: Self.hot(from: 1000))
        let result = try changes([a, b, c], arguments: ["--fail-on", "firing"])
        #expect(result.lines == [])
        #expect(result.status == 0)
    }

    /// The third site's 120 s begin half a minute later.
    @Test func theThirdSiteIsHotLater() throws {
        let c = Site(name: "c", temperature: Self.hot(from: 40))
        #expect(try changes([a, b, c]).lines == ["firing 12:02:41 a b c"])
    }

    /// Lines that come 4 s late change nothing while 5 s are allowed; with 3 s they are too late
    /// for their windows, and the site is missing.
    @Test func aSiteWhoseLinesComeLate() throws {
        let c = Site(name: "c", delay: 4, temperature: Self.hot(from: 10))
        #expect(try changes([a, b, c]).lines == ["firing 12:02:11 a b c"])
        #expect(try changes([a, b, c], lateness: "3s").lines == [])
    }

    /// Silence in the 100th second ends what was pending; its 120 s begin anew at 12:01:42.
    @Test func aSiteThatFallsSilent() throws {
        let c = Site(name: "c") { $0 == 100 ? nil : Self.hot(from: 10)($0) }
        #expect(
            try changes([a, b, c]).lines == ["inactive 12:01:41 a b c", "firing 12:03:42 a b c"])
    }

    /// 78 °C from 12:03:20 on is no longer above 80, and not yet below 75.
    @Test func clear() throws {
        let cooling = { (name: String) in
            Site(name: name) { $0 < 10 ? 60 : $0 < 200 ? 85 : $0 < 300 ? 78 : 74 }
        }
        let sites = ["a", "b", "c"].map(cooling)
        #expect(
            try changes(sites).lines == ["firing 12:02:11 a b c", "resolved 12:03:21 a b c"])
        #expect(
            try changes(sites, clear: "heat.temp < 75").lines == [
                "firing 12:02:11 a b c", "resolved 12:05:01 a b c",
            ])
    }
}
