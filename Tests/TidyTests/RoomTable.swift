/// The rooms of `docs/architecture.md`: what each target may import, and what it never does.
struct RoomTable {
    struct Room: Equatable {
        var name: String
        var imports: Set<String>
        var never: Set<String>
    }

    var rooms: [Room] = []
    /// The targets that stand for C libraries.
    var bridges: Set<String> = []

    /// Reads the table whose first column is `room`, and every `CName` in backticks.
    init(_ page: String) {
        var isTable = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            let cells = line.split(separator: "|").map { $0.trimmed }
            if cells.first == "room" { isTable = true }
            if !line.hasPrefix("|") { isTable = false }
            if isTable, cells.count == 4, cells[0].hasPrefix("`") {
                rooms.append(
                    Room(
                        name: cells[0].filter { $0 != "`" }, imports: Self.names(cells[2]),
                        never: Self.names(cells[3])))
            }
        }
        for word in page.split(whereSeparator: { !isWordOrBacktick($0) }) {
            guard word.hasPrefix("`C"), word.hasSuffix("`"), word.count > 3 else { continue }
            let name = word.dropFirst().dropLast()
            if name.dropFirst().first?.isUppercase == true { bridges.insert(String(name)) }
        }
    }

    func room(_ name: String) -> Room? { rooms.first { $0.name == name } }

    /// The targets that a manifest declares, tests apart.
    static func targets(_ manifest: String) -> Set<String> {
        var names: Set<String> = []
        for kind in [".target(", ".executableTarget(", ".systemLibrary("] {
            for part in manifest.pieces(after: kind) {
                guard let name = part.pieces(after: "name: \"").first else { continue }
                // What lies under Tests serves them and is no room.
                let next = name.pieces(after: "name: \"").first
                let own = name.prefix(name.count - (next?.count ?? 0))
                if own.contains("path: \"Tests/") { continue }
                names.insert(String(name.prefix { $0 != "\"" }))
            }
        }
        return names
    }

    /// What differs between the page and the manifest.
    func complaints(about manifest: String) -> [String] {
        let targets = Self.targets(manifest)
        let known = bridges.union(rooms.map(\.name))
        return targets.subtracting(known).sorted().map {
            "Package.swift has the target \($0), and docs/architecture.md hasn't"
        }
            + known.subtracting(targets).sorted().map {
                "docs/architecture.md has the room \($0), and Package.swift hasn't"
            }
    }

    private static func names(_ cell: String) -> Set<String> {
        Set(cell.split(separator: ",").map { $0.trimmed }).subtracting(["–"])
    }
}

private func isWordOrBacktick(_ character: Character) -> Bool {
    character == "`" || character.isLetter || character.isNumber
}

extension StringProtocol {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// What follows each place at which `text` stands, up to the end.
    fileprivate func pieces(after text: String) -> [SubSequence] {
        ranges(of: text).map { self[$0.upperBound...] }
    }
}
