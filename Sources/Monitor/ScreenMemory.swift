import Panels

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The state of a dashboard's screen between two runs: a small file in `$XDG_STATE_HOME/weir`, a
/// line for each thing that is remembered. What can't be read or written is left out silently: it
/// is a convenience.
struct ScreenMemory {
    let path: String

    /// `name`: what tells this dashboard from others, its file's whole path or its source.
    init?(name: String) {
        guard let folder = userFolder("XDG_STATE_HOME", or: ".local/state") else { return nil }
        path = "\(folder)/weir/screen-\(Self.digest(name))"
    }

    func read() -> [String] {
        guard let text = try? readText(path, limit: 1 << 20) else { return [] }
        return text.split(separator: "\n").map(String.init)
    }

    func write(_ lines: [String]) {
        makeFolders(of: path)
        let next = path + ".new"
        guard (try? writeText(lines.joined(separator: "\n") + "\n", to: next)) != nil else {
            return
        }
        rename(next, path)
    }

    /// FNV-1a, in hexadecimal.
    static func digest(_ name: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

/// A folder of the XDG base directories: the variable's, else that in the home; nil without either.
func userFolder(_ variable: String, or folder: String) -> String? {
    func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    return value(variable) ?? value("HOME").map { "\($0)/\(folder)" }
}

extension ScreenLoop {
    /// What is remembered for the next time.
    var kept: [String] { ["theme \(options.theme.name)"] + state.kept }

    mutating func restore(_ lines: [String]) {
        for line in lines where line.hasPrefix("theme ") && !options.isThemeGiven {
            let name = String(line.dropFirst(6))
            if let theme = options.themes.first(where: { $0.name == name }) {
                options.theme = theme
            }
        }
        state.restore(lines)
    }
}
