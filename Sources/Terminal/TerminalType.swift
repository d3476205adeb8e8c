import CNcurses
import Glibc
import Screen

/// Which terminfo entry the terminal is driven with, and how many colours it is given.
struct TerminalType: Equatable {
    /// The entry's name, for `newterm`.
    var name: String
    /// The entry itself, where it isn't in the database: the value of TERMINFO.
    var terminfo: String?
    var depth: ColorDepth

    /// Looks the terminal up, by TERM and COLORTERM.
    ///
    /// A terminal that says COLORTERM=truecolor needs no entry of its own: it follows ECMA-48,
    /// and `DirectColorEntry` drives it. So a new one works on an old machine.
    init(
        name: String?, colorTerm: String?, wanted: ColorDepth?
    ) throws(TerminalError) {
        guard let name, !name.isEmpty else { throw .typeUnset }
        let saysDirect = colorTerm == "truecolor" || colorTerm == "24bit"
        let entry = Entry(name: name)
        if let entry, !entry.movesCursor { throw .cannotMoveCursor(name) }
        let offered = saysDirect || entry?.isDirect == true ? .truecolor : entry?.depth
        guard let offered = offered ?? (wanted == .truecolor ? .truecolor : nil) else {
            throw .typeUnknown(name)
        }
        let used = wanted.map { $0 == .truecolor ? $0 : offered.limited(to: $0) } ?? offered
        let isDirect = used == .truecolor || entry == nil || entry?.isDirect == true
        self.name = isDirect ? DirectColorEntry.name : name
        terminfo = isDirect ? DirectColorEntry.terminfo : nil
        depth = isDirect && used != .mono ? .truecolor : used
    }

    /// What is asked of the database.
    private struct Entry {
        let movesCursor: Bool
        let isDirect: Bool
        let depth: ColorDepth

        /// `nil` when there is no such entry, or only the generic one.
        init?(name: String) {
            var status: Int32 = 0
            guard setupterm(name, -1, &status) == OK else { return nil }
            movesCursor = Capability.string("cup") != nil && Capability.string("clear") != nil
            isDirect = tigetflag("RGB") > 0 || tigetnum("RGB") > 0
            depth = ColorDepth(colors: Int(tigetnum("colors")))
            cncurses_release_entry()
        }
    }
}

extension ColorDepth {
    /// The lesser of the two.
    fileprivate func limited(to other: ColorDepth) -> ColorDepth {
        ColorDepth.allCases.first { $0 == self || $0 == other } ?? self
    }

    /// The depth that so many colours make; terminfo says -1 for none.
    fileprivate init(colors: Int) {
        switch colors {
        case 256...: self = .xterm256
        case 16...: self = .ansi16
        case 8...: self = .ansi8
        default: self = .mono
        }
    }
}
