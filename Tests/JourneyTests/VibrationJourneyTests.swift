import Foundation
import Testing

/// "Vibration pattern within 30 s and temperature drift, both persisting", through the real
/// program, at times that one computes by hand.
///
/// Each device measures once a second, in the middle of it. In site a the temperature rises by
/// 0.1 °C a second, in site b it doesn't. From 12:01:00 to 12:03:00 the devices d1 (site a) and d2
/// (site b) shake: their vibration is 0 and 20 in turns instead of 10. With m such seconds among
/// the 30 of a window, the standard deviation is about √(100 m / 29): above 4 from m = 5 on. So it
/// first is in the window that ends at 12:01:05 and last in the one that ends at 12:03:25; held for
/// a minute it fires at 12:02:05, and is resolved at the next T, 12:03:30.
@Suite struct VibrationJourneyTests {
    private let dashboard = """
        version: 1
        streams: { plant: { from: stdin, time: ts, out_of_orderness: 2s } }
        views:
          heat: slope(temperature) as drift by site over 30s every 5s
          vibration: stddev(vibration) as spread by site, device over 30s every 5s
        alerts:
          bearing: { when: vibration.spread > 4 and heat.drift > 0.05, for: 1m }
        """

    private var events: String {
        (0..<300).flatMap { second in
            [("a", "d1"), ("a", "d3"), ("b", "d2")].map { site, device in
                let isShaking = device != "d3" && 60..<180 ~= second
                let vibration = isShaking ? (second % 2 == 0 ? 0 : 20) : 10
                let temperature = site == "a" ? 600 + second : 600
                let time = String(format: "12:%02d:%02d.500Z", second / 60, second % 60)
                return #"{"ts":"2026-01-01T\#(time)","site":"\#(site)","device":"\#(device)","#
                    + #""vibration":\#(vibration),"temperature":\#(temperature / 10)."#
                    + "\(temperature % 10)}\n"
            }
        }.joined()
    }

    @Test func bothPersist() throws {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString).yaml")
        try dashboard.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try runWeir(
            ["watch", file.path, "--no-follow", "--headless"], input: events)
        let alerts = try result.out.split(separator: "\n").compactMap { line -> String? in
            let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard row?["kind"] as? String == "alert", let state = row?["state"] as? String,
                let at = row?["at"] as? String, let groups = row?["groups"] as? [[String: String]]
            else { return nil }
            let devices = groups.map { "\($0["site"] ?? "") \($0["device"] ?? "")" }
            return "\(state) \(at.dropFirst(11).prefix(8)) \(devices.joined(separator: ", "))"
        }
        #expect(
            alerts == [
                "pending 12:01:05 a d1", "firing 12:02:05 a d1", "resolved 12:03:30 a d1",
            ])
    }
}
