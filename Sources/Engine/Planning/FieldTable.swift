import Events

/// Collects the fields that queries name, each once, and gives them their columns.
struct FieldTable {
    private(set) var uses: [FieldUse] = []

    /// The column of a field whose numbers are needed.
    mutating func number(_ path: FieldPath) -> Int {
        let index = kind(path)
        uses[index].asNumber = true
        return index
    }

    /// The column of a field whose values are told apart.
    mutating func code(_ path: FieldPath) -> Int {
        let index = kind(path)
        uses[index].asCode = true
        return index
    }

    /// The column of a field that holds an instant.
    mutating func time(_ path: FieldPath) -> Int {
        let index = kind(path)
        uses[index].asTime = true
        return index
    }

    /// The column of a field of which only the kind is asked.
    mutating func kind(_ path: FieldPath) -> Int {
        if let known = uses.firstIndex(where: { $0.path == path }) { return known }
        uses.append(FieldUse(path: path))
        return uses.count - 1
    }
}
