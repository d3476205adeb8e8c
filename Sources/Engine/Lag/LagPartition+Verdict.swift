import Events
import Queries

/// The rules of Burrow (`core/internal/evaluator/caching.go`), for a probe that polls: one
/// predicate each, in the order in which they are asked.
extension LagPartition {
    /// Rules 1 and 2 hold from the start; the others need the whole history, and say how much of
    /// it there is until then.
    func verdict(_ rules: LagRules, members: Int?) -> LagVerdict {
        guard let lag else { return LagVerdict(status: .noCommit, reason: "nothing committed yet") }
        if isWithin(allowed: rules.allowedLag, lag) {
            return LagVerdict(status: .ok, reason: calm(lag))
        }
        if hasStopped { return LagVerdict(status: stopped(members), reason: silent(members)) }
        guard commits.isComplete else {
            let seen = "\(commits.samples.count) of \(LagRules.commitLimit) commits seen"
            return LagVerdict(status: .warmingUp, reason: seen)
        }
        if let rewind = commits.rewind {
            let reason = "went back from \(rewind.from) to \(rewind.to), and isn't there again"
            return LagVerdict(status: .rewind, reason: reason)
        }
        if isFallingBehind(allowed: rules.allowedLag) {
            let reason = "its lag never fell in its last \(LagRules.commitLimit) commits"
            return LagVerdict(status: .warn, reason: reason)
        }
        return LagVerdict(
            status: .ok, reason: "its lag fell within its last \(LagRules.commitLimit) commits")
    }

    /// Rule 1: a consumer that is not behind is never wrong, however long it has been silent.
    func isWithin(allowed: Int64, _ lag: Int64) -> Bool { lag <= allowed }

    /// Rule 2: the commit has not changed for longer than all its last changes took, and at none
    /// of the last polls did it stand at the end. (One that had read everything until a moment ago
    /// has not stopped: there was nothing to commit.)
    var hasStopped: Bool {
        guard let committed = offsets.committed else { return false }
        return silence > commits.span && unchangedPolls >= LagRules.leastUnchangedPolls
            && !polls.hasEnd(upTo: committed)
    }

    /// Rule 2, which of both: one that is there and does nothing has stalled.
    func stopped(_ members: Int?) -> LagStatus { (members ?? 0) > 0 ? .stall : .stop }

    // Rule 3 is `CommitHistory.rewind`.

    /// Rule 4: it commits, and yet falls behind, or at best keeps its distance.
    func isFallingBehind(allowed: Int64) -> Bool { commits.neverFell(allowed: allowed) }

    // Rule 5: otherwise it is OK.

    private func calm(_ lag: Int64) -> String {
        if isBeyondEnd {
            return "committed \(offsets.committed ?? 0) is beyond the end \(offsets.end): reset"
        }
        return lag == 0 ? "nothing is behind" : "a lag of \(lag) is allowed"
    }

    private func silent(_ members: Int?) -> String {
        let who =
            switch members {
            case nil: "members unknown"
            case 0?: "no members"
            case 1?: "1 member"
            case let n?: "\(n) members"
            }
        let count = commits.samples.count
        let usual = count > 1 ? "the last \(count) took" : "longer than"
        return "no commit for \(seconds(silence)), \(usual) \(seconds(commits.span)); \(who)"
    }
}

/// Whole seconds, rounded down.
func seconds(_ duration: Nanoseconds) -> String {
    durationText(.seconds(duration.rawValue / 1_000_000_000))
}
