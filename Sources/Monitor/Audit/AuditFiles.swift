import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The files of a dashboard's audit trail, in `$XDG_STATE_HOME/weir`: the trail, beside it its
/// head, so that a removed tail is found, and what is remembered of alerts for the next run: their
/// states, and in a file of its own, since it is long and written rarely, what is usual.
struct AuditFiles: Sendable {
    /// One past this size goes to `….1`, in place of the one there.
    static let limit = 64 << 20

    let trail: String
    var head: String { trail + ".head" }
    var former: String { trail + ".1" }
    let memory: String
    let usual: String

    /// `name`: what tells this dashboard from others, its file's whole path or its source. nil:
    /// there is no folder for it.
    init?(name: String) {
        guard let folder = userFolder("XDG_STATE_HOME", or: ".local/state") else { return nil }
        let digest = ScreenMemory.digest(name)
        self.init(trail: "\(folder)/weir/audit-\(digest).ndjson")
    }

    init(trail: String) {
        self.trail = trail
        let stem = trail.hasSuffix(".ndjson") ? String(trail.dropLast(7)) : trail
        (memory, usual) = (stem + ".alerts", stem + ".usual")
    }

    /// The number and the hash of the last line that was written.
    func readHead() -> AuditChain? {
        guard let text = try? readText(head, limit: 4096) else { return nil }
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard words.count == 2, let number = UInt64(words[0]), words[1].utf8.count == 64 else {
            return nil
        }
        return AuditChain(number: number, hash: String(words[1]))
    }

    /// nil: there is nothing, or nothing that can be understood.
    func readMemory() -> AlertMemory? {
        guard let usual = Self.read(usual) else { return Self.read(memory) }
        var memory = Self.read(memory) ?? AlertMemory()
        memory.takeBaselines(of: usual)
        return memory
    }

    private static func read(_ path: String) -> AlertMemory? {
        guard let text = try? readText(path, limit: 64 << 20) else { return nil }
        let lines = text.split(separator: "\n")
        guard lines.first == memoryHead, lines.last == "end" else { return nil }
        return AlertMemory(lines: lines.dropFirst().dropLast())
    }

    static let memoryHead: Substring = "weir alerts 1"

    static func text(of memory: AlertMemory) -> String {
        ([String(memoryHead)] + memory.lines + ["end"]).joined(separator: "\n") + "\n"
    }

    /// Writes a small file as a whole, or leaves the one there as it was.
    static func replace(
        _ path: String, with text: String, isDurable: Bool = true
    ) throws(Ending) {
        let next = path + ".new"
        try writeText(text, to: next, isDurable: isDurable)
        guard rename(next, path) == 0 else {
            throw Ending(.inputOutput, "\(path): \(String(cString: strerror(errno)))")
        }
    }
}

/// Makes the folders that lead to a file, for its user alone.
func makeFolders(of path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
        folder += "/" + part
        mkdir(folder, 0o700)
    }
}
