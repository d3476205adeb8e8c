import Alerting
import Events
import Queries
import Testing

@testable import Engine

/// Late panes that would have changed a verdict.
@Suite struct RevisionTests {
    /// The revisions that events lead to, the first of which are on time.
    private func revisions(
        _ when: String, _ onTime: String, late: String, lateness: Int64 = 10, size: Int64 = 1000
    ) throws -> [Revision] {
        var alert = try AlertFixture(when, size: size) { $0.allowedLateness = .seconds(lateness) }
        alert.send(onTime)
        alert.send(late)
        return alert.fixture.revisions
    }

    @Test func aLatePaneThatWouldHaveHeld() throws {
        let found = try revisions("v.x > 80", "a 0 70, b 0 70, a 5 70", late: "a 0.5 95")
        #expect(found.map(\.group) == [Key([.string("a")])])
        let first = try #require(found.first)
        #expect(first.at.rawValue == 1_000_000_000)
        #expect((first.held, first.wouldHold) == (false, true))
        #expect(first.former == [70] && first.values == [95])
        #expect(first.window.upperBound.rawValue == 1_000_000_000)
    }

    @Test func oneThatChangesNoVerdictIsNone() throws {
        #expect(try revisions("v.x > 80", "a 0 90, a 5 70", late: "a 0.5 95") == [])
        #expect(try revisions("v.x > 80", "a 0 70, a 5 70", late: "a 0.5 75") == [])
    }

    /// Without the lateness that is allowed there is no late pane.
    @Test func aLateEventThatIsNotCountedIsNone() throws {
        #expect(try revisions("v.x > 80", "a 0 70, a 5 70", late: "a 0.5 95", lateness: 0) == [])
    }

    @Test func aGroupThatWasMissing() throws {
        let found = try revisions("v.x > 80", "a 0 70, a 5 70", late: "b 0.5 95")
        #expect(found.map(\.group) == [Key([.string("b")])])
        #expect(found.first?.former[0].isNaN == true)
    }

    /// Each late event is judged against what was there before it.
    @Test func severalLateEventsOfOneWindow() throws {
        let found = try revisions(
            "v.x < 50", "a 0 10, a 5 10", late: "a 0.2 40, a 0.3 60, a 0.4 70")
        #expect(found.map(\.values) == [[60]])
        #expect(found.first?.wouldHold == false)
    }

    /// The state of the alert is not touched.
    @Test func theAlertStaysAsItWas() throws {
        var alert = try AlertFixture("v.x > 80") { $0.allowedLateness = .seconds(10) }
        alert.send("a 0 70, a 5 70")
        alert.send("a 0.5 95")
        #expect(alert.changes == [])
        #expect(alert.fixture.snapshot.alerts[0].phase == .inactive)
    }
}
