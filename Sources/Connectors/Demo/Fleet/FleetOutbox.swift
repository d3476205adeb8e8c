/// The lines a device has read and not sent, and those it may have to send again: each line is sent
/// at least once, in order.
struct FleetOutbox: Sendable {
    private static let unansweredLimit = 5

    /// Oldest first, and how many of them have left.
    private var kept: [[UInt8]] = []
    private var left = 0
    /// The last lines sent: when the connection goes, they have had no answer.
    private var unanswered: [[UInt8]] = []
    private var isOffline = false

    var isEmpty: Bool { left == kept.count }

    mutating func keep(_ line: [UInt8]) { kept.append(line) }

    mutating func disconnect() { isOffline = true }

    /// Sends the line that has waited longest; after an absence, what had no answer comes first.
    mutating func send(into lines: inout [[UInt8]]) {
        if isOffline { lines += unanswered }
        isOffline = false
        guard !isEmpty else { return }
        lines.append(kept[left])
        unanswered.append(kept[left])
        if unanswered.count > Self.unansweredLimit { unanswered.removeFirst() }
        left += 1
        guard isEmpty else { return }
        kept.removeAll(keepingCapacity: true)
        left = 0
    }
}
