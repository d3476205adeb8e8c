import Alerting
import Configuration
import Engine
import Events
import Testing

@testable import Monitor

/// What a backtest says of two runs.
@Suite struct TimelineDifferenceTests {
    private static let dashboard = try? Dashboard(
        reading: """
            version: 1
            streams: { s: { from: stdin } }
            views: { v: count() by k over 1s }
            alerts:
              each: { when: v.count > 1 }
              some: { when: v.count > 1, across: 2 }
            """, file: "test.yaml")

    /// `each` of one group, fired and resolved at these seconds; the last may stay.
    private func timeline(
        _ seconds: [Int64], alert: Int = 0, group: String = "a"
    ) throws -> AlertTimeline {
        let changes = seconds.enumerated().map { i, second in
            let from: AlertTransition.Phase = i % 2 == 0 ? .inactive : .firing
            let to: AlertTransition.Phase = i % 2 == 0 ? .firing : .inactive
            let at = Timestamp(rawValue: second * 1_000_000_000)
            return (
                alert,
                AlertChange(
                    AlertTransition(from: from, to: to, at: at),
                    groups: [Key([.string(group)])], value: 2)
            )
        }
        return AlertTimeline(try #require(Self.dashboard), changes)
    }

    private func words(_ before: [Int64], _ now: [Int64]) throws -> [String] {
        TimelineDifference.between(try timeline(before), try timeline(now)).map {
            $0.kind.rawValue + ($0.by.map { " \($0.rawValue / 1_000_000_000)" } ?? "")
        }
    }

    @Test func theSameIsNoDifference() throws {
        #expect(try words([1, 5, 9], [1, 5, 9]) == [])
    }

    @Test func oneAndTheSameAlertFiresAtAnotherTime() throws {
        #expect(try words([3, 9], [1, 9]) == ["earlier 2"])
        #expect(try words([1, 9], [3, 12]) == ["later 2"])
        #expect(try words([1, 9], [1, 7]) == ["shorter 2"])
        #expect(try words([1, 9], [1, 10]) == ["longer 1"])
        #expect(try words([1, 9], [1]) == ["longer"])
    }

    /// Resolved at the instant at which the other fires: they are two.
    @Test func withoutAnInstantInCommonTheyAreTwo() throws {
        #expect(try words([1, 3], [3, 5]) == ["gone", "new"])
        #expect(try words([3, 5], [1, 3]) == ["new", "gone"])
        #expect(try words([1, 4], [3, 5]) == ["later 2"])
    }

    @Test func whatFlapsIsPairedInOrder() throws {
        #expect(try words([1, 2, 10, 12], [1, 2, 5, 6, 11, 12]) == ["new", "later 1"])
        #expect(try words([1, 10], [1, 2, 5, 6]) == ["shorter 8", "new"])
    }

    @Test func groupsAndAlertsStandAlone() throws {
        let before = try timeline([1, 5], group: "a")
        let now = try timeline([1, 5], group: "b")
        let found = TimelineDifference.between(before, now)
        #expect(found.map(\.kind) == [.new, .gone])
        #expect(found.map(\.subject.group) == ["b", "a"])
        #expect(try timeline([1], alert: 1).subjects == [.init(alert: "some", group: nil)])
    }
}
