import Events

/// The way to a value, as bytes: two keys are the same if their UTF-8 is, as in RecordParser.cpp,
/// and not because Unicode calls them equivalent, as `String` has it.
struct PathBytes: Hashable {
    /// Of each step a byte that UTF-8 doesn't have, and then the name, or the index in 8 bytes.
    private var bytes: [UInt8] = []

    init() {}

    init(_ path: FieldPath) {
        for step in path.steps {
            switch step {
            case .name(let name): add(name: name.utf8)
            case .index(let index): add(index: index)
            }
        }
    }

    mutating func add(name: some Collection<UInt8>) {
        bytes.append(0xFF)
        bytes += name
    }

    mutating func add(index: Int) {
        bytes.append(0xFE)
        withUnsafeBytes(of: index.littleEndian) { bytes += $0 }
    }
}
