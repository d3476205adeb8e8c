import Configuration
import Engine
import Events
import Screen
import Testing

@testable import Panels

/// What the top line says where there is little room for it.
@Suite struct TruthLineTests {
    private func line(
        columns: Int, replay: ReplayStatus? = nil,
        _ change: (inout StreamSnapshot) -> Void = { _ in }
    ) throws -> String {
        let dashboard = try Dashboard(
            reading: """
                version: 1
                title: A floor with a long name
                streams: { telemetry: { from: stdin } }
                views: { load: rate() as rate over 10s }
                alerts: { busy: { when: load.rate > 1 } }
                """, file: "test")
        var stream = StreamSnapshot(name: "telemetry")
        (stream.books.late, stream.books.deadLettered, stream.books.dropped) = (123_456, 987, 12)
        stream.books.received = 999
        change(&stream)
        var snapshot = EngineSnapshot(
            number: 1, now: .epoch, streams: [stream],
            views: [
                ViewSnapshot(
                    name: "load", keyNames: [], aggregateNames: ["rate"],
                    window: dashboard.views[0].query.window)
            ])
        snapshot.alerts = [AlertSnapshot(name: "busy")]
        var grid = Grid(columns: columns, rows: 1)
        var state = ScreenState(dashboard: dashboard, replay: replay)
        state.look(at: snapshot, columns: columns, rows: 24)
        TruthLine(snapshot: snapshot, latest: snapshot, health: Health(), state: state).draw(
            on: &grid)
        return grid.text
    }

    @Test(arguments: [40, 50, 60, 80, 120]) func neverShedsWhatWasLost(columns: Int) throws {
        let text = try line(columns: columns)
        let time = columns == 40 ? "LIVE 00:00Z" : "LIVE 00:00:00Z"
        for word in [time, "▲0", "late", "dead", "drop", "123k", "987"] {
            #expect(text.contains(word), "\(columns): \(text)")
        }
        #expect(!text.contains("A floor with a long name") || columns == 120)
    }

    /// Before alerts or what was lost go, a reason does.
    @Test func aReasonIsShortened() throws {
        let text = try line(columns: 60) { $0.state = .disconnected("connection refused") }
        for word in ["▲0", "▲ telem… down", "123k", "987"] {
            #expect(text.contains(word), "\(text)")
        }
        let wide = try line(columns: 120) { $0.state = .disconnected("connection refused") }
        #expect(wide.contains("▲ telemetry down: connection refused"))
    }

    /// A replay says how it plays, and what was amiss on the day.
    @Test func aReplay() throws {
        var status = ReplayStatus(speed: 10)
        status.now = .epoch + .seconds(5)
        #expect(try line(columns: 100, replay: status).contains("REPLAY 10× 00:00:05Z"))
        status.isPaused = true
        let text = try line(columns: 100, replay: status) {
            ($0.state, $0.lastEventAt) = (.stale, .epoch - .seconds(8))
        }
        #expect(text.contains("REPLAY PAUSED STALE 8.0s 00:00:05Z"))
    }
}
