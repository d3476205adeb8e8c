/// What is the matter with a consumer, in the words of Burrow; ordered from good to bad, so that
/// the worst of several is their maximum.
///
/// DISCONNECTED stands between what is known to be slow and what is known to be wrong: it may hide
/// anything, but where something is certain, that is said.
package enum LagStatus: Int, CaseIterable, Hashable, Sendable, Comparable {
    case ok
    /// Too few commits seen to judge.
    case warmingUp
    case noCommit
    /// It commits, and falls behind.
    case warn
    case disconnected
    /// It went back, and has not come again to where it was.
    case rewind
    /// It is there, and doesn't move.
    case stall
    /// It is gone, or nobody knows whether it is there.
    case stop

    package var word: String {
        switch self {
        case .ok: "OK"
        case .warmingUp: "WARMING UP"
        case .noCommit: "NO COMMIT"
        case .warn: "WARN"
        case .disconnected: "DISCONNECTED"
        case .rewind: "REWIND"
        case .stall: "STALL"
        case .stop: "STOP"
        }
    }

    package static func < (a: LagStatus, b: LagStatus) -> Bool { a.rawValue < b.rawValue }
}

/// A status, and why: one sentence without a full stop, for a person.
struct LagVerdict: Hashable, Sendable {
    var status: LagStatus
    var reason: String
}
