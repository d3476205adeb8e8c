import ArgumentParser

/// Whether a live run keeps an audit trail of its alerts, and where.
struct AuditOptions: ParsableArguments {
    @Option(help: "Where the audit trail of alerts goes.")
    var audit: String?

    @Flag(help: "Keep no audit trail, and begin alerts anew.")
    var noAudit = false

    /// nil: none is kept. Unless it is asked for there is one only of what somebody watches live on
    /// the screen, and one that can't be kept stops nobody from watching.
    func trail(
        _ program: Program, name: String, isDrawn: Bool, _ notices: Notices
    ) throws(Ending) -> AuditTrail? {
        if noAudit || program.dashboard.alerts.isEmpty { return nil }
        if let audit { return try trail(AuditFiles(trail: audit), name: name, notices) }
        let isLive = zip(program.plan.streams, program.dashboard.streams).contains {
            !$0.isBounded && !$1.from.hasPrefix("demo:")
        }
        guard isLive, isDrawn, let files = AuditFiles(name: name) else { return nil }
        do throws(Ending) {
            return try trail(files, name: name, notices)
        } catch {
            notices.say("no audit trail: \(error.message ?? "a reason that isn't known")")
            return nil
        }
    }

    private func trail(
        _ files: AuditFiles, name: String, _ notices: Notices
    ) throws(Ending) -> AuditTrail {
        let trail = try AuditTrail(
            files, dashboard: name, now: LiveClock().now(), say: { notices.say($0) })
        let last = trail.remembered?.rules.map(\.evaluatedAt).max() ?? .beginning
        if let memory = trail.remembered, last > .beginning {
            let groups = memory.rules.reduce(0) { $0 + $1.groups.count }
            notices.say(
                "alerts go on from \(last.rfc3339) of the run before: \(groups) pending or firing, "
                    + "\(memory.silences.count) silenced; --no-audit begins anew")
        }
        return trail
    }
}
