import Configuration
import Events
import Foundation
import Screen
import Testing

@testable import Monitor

/// Frames without a terminal: when they are taken, and that they are the same each time.
@Suite struct PictureRunTests {
    private func frame(
        _ text: String, after: Nanoseconds? = nil, page: String? = nil, seed: UInt64 = 1
    ) throws -> Grid {
        let options = SourceOptions(follow: false, seed: seed)
        var program = Program(try Dashboard(reading: text, file: "test"), options)
        program.plan.recentBytes = 1 << 20
        return try PictureRun(
            program: program, options: options, after: after, columns: 100, rows: 24, page: page
        ).frame()
    }

    private var demo: String { DemoDashboard.text(of: .plant) }

    @Test func aDemoIsTheSameEachTime() throws {
        let first = try frame(demo, after: .seconds(40))
        #expect(try frame(demo, after: .seconds(40)) == first)
        #expect(try frame(demo, after: .seconds(40), seed: 2) != first)
        #expect(first.text.contains("LIVE 12:00:40Z") && first.text.contains("berlin"))
    }

    @Test func aFileAtItsEndAndBefore() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString).ndjson").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lines = (0..<60).map {
            #"{"t":"2026-01-01T00:00:\#($0 < 10 ? "0" : "")\#($0)Z","k":"a"}"# + "\n"
        }
        try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
        let dashboard = """
            version: 1
            streams: { s: { from: "\(path)", time: t } }
            views: { load: count() as n by k over 20s }
            panels:
              - { table: load }
              - { events: s, page: raw }
            """
        #expect(try frame(dashboard).text.contains("ENDED 00:00:59Z"))
        #expect(try frame(dashboard, after: .seconds(25)).text.contains("REPLAY max 00:00:25Z"))
        #expect(try frame(dashboard, page: "raw").text.contains("\"k\":\"a\""))
        #expect(throws: Ending.self) { try frame(dashboard, page: "none") }
    }
}
