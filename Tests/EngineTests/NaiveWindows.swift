import Events
import Queries

@testable import Engine

/// Hopping windows by the rules of semantics.md ("Event time", "Windows"): every event is kept,
/// and a window is computed from all that it took, anew each time it fires.
struct NaiveWindows {
    typealias Content = (key: Key, count: UInt64, values: [Double])

    /// The rows of a group's events in a window of so many seconds.
    typealias Summary =
        @Sendable (_ group: Key, _ events: [FieldEvent], _ seconds: Double) -> [Content]

    let size: Int64
    let hop: Int64
    private let allowedLateness: Int64
    /// By end and key.
    private var windows: [Int64: [Key: [FieldEvent]]] = [:]
    private var clock: NaiveClock
    private var watermark: Int64 { clock.watermark }
    private var finals: [Int64: [Key: [ViewRow]]] = [:]
    private let summary: Summary
    /// On-time, late and final ones, each in their order; within a window by key.
    private(set) var rows: [Pane.Kind: [ViewRow]] = [.onTime: [], .late: [], .final: []]
    private(set) var lateEvents: UInt64 = 0

    init(
        size: Int64, hop: Int64, allowedLateness: Int64, clock: NaiveClock,
        summary: @escaping Summary = NaiveWindows.aggregates
    ) {
        (self.size, self.hop) = (size, hop)
        self.allowedLateness = allowedLateness
        self.clock = clock
        self.summary = summary
    }

    static let aggregates: Summary = { group, events, seconds in
        [(group, UInt64(events.count), NaiveAggregates.values(events, seconds: seconds))]
    }

    mutating func take(_ event: FieldEvent) {
        let open = ends(of: event.time).filter { watermark < $0 - 1 + allowedLateness }
        if open.isEmpty { lateEvents += 1 }
        let key = event.key(by: ["key"])
        for end in open {
            windows[end, default: [:]][key, default: []].append(event)
            if watermark >= end - 1 { fire(end, key, .late) }
        }
        let before = watermark
        clock.observe(event)
        fireDue(since: before)
    }

    mutating func end() {
        let before = watermark
        clock.end()
        fireDue(since: before)
    }

    /// Of the windows that contain this time, ascending.
    private func ends(of time: Int64) -> [Int64] {
        let first = floorDiv(time, hop) * hop + hop
        return Array(stride(from: first, through: first + size - hop, by: Int(hop)))
    }

    private mutating func fireDue(since before: Int64) {
        let ends = windows.keys.sorted()
        for end in ends where before < end - 1 && end - 1 <= watermark {
            for key in windows[end]!.keys.sorted() { fire(end, key, .onTime) }
        }
        for end in ends
        where before < end - 1 + allowedLateness && end - 1 + allowedLateness <= watermark {
            rows[.final]! += finals[end]!.values.joined().sorted { $0.key < $1.key }
        }
    }

    private mutating func fire(_ end: Int64, _ group: Key, _ kind: Pane.Kind) {
        let content = summary(group, windows[end]![group]!, Double(size) / 1e9)
        func row(_ kind: Pane.Kind, _ row: Content) -> ViewRow {
            ViewRow(kind, end - size..<end, row.key, count: row.count, values: row.values)
        }
        rows[kind]! += content.map { row(kind, $0) }.sorted { $0.key < $1.key }
        finals[end, default: [:]][group] = content.map { row(.final, $0) }
    }
}
