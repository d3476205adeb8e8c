import Events

/// Which files the followers of a pattern have, or had: none is read twice, whatever its name.
///
/// A file is remembered as long as a follower has it or a path of the pattern names it, and is held
/// open for as long: a number that is free may be given to another file at once, which would then
/// pass for the one that was read. A class, for all followers of a pattern share it; one thread.
final class FileClaims {
    private struct Claim {
        let file: OpenFile
        /// Since when no path of the pattern names it.
        var missingSince: Nanoseconds?
    }

    private var claims: [OpenFile.Identity: Claim] = [:]

    /// True for the first who wants it.
    func take(_ file: OpenFile) -> Bool {
        guard claims[file.identity] == nil else { return false }
        claims[file.identity] = Claim(file: file)
        return true
    }

    func isTaken(_ identity: OpenFile.Identity) -> Bool { claims[identity] != nil }

    /// Whether no path of the pattern has named it for longer than the patience; a search during
    /// a rotation may miss one that is there.
    func isGone(_ identity: OpenFile.Identity, at now: Nanoseconds = Monotonic.now()) -> Bool {
        claims[identity].map { FileFollower.isOverdue($0.missingSince, at: now) } ?? true
    }

    /// What the pattern's paths name now, and what followers have; the rest is forgotten in time.
    func update(
        present: Set<OpenFile.Identity>, held: Set<OpenFile.Identity>,
        at now: Nanoseconds = Monotonic.now()
    ) {
        for identity in claims.keys {
            let since = claims[identity]!.missingSince ?? now
            claims[identity]!.missingSince = present.contains(identity) ? nil : since
        }
        claims = claims.filter { held.contains($0.key) || !isGone($0.key, at: now) }
    }
}
