extension Rules {
    /// Imports that the table doesn't allow its room, and what the room never does.
    static func imports(_ file: SourceFile, _ table: RoomTable) -> [String] {
        guard let name = file.room else { return [] }
        guard let room = table.room(name) else {
            return ["\(file.path): \(name) isn't a room of docs/architecture.md"]
        }
        let allowed = room.imports.union(platform(room))
        let wrong = file.imports.filter { !allowed.contains($0.module) }.map {
            "\(file.path):\($0.line): \(name) doesn't import \($0.module) (docs/architecture.md)"
        }
        let signs = room.never.sorted().flatMap { deeds[$0] ?? [] }
        return wrong + signs.flatMap { Ban($0, "\(name) never does that").found(in: file) }
    }

    /// What is allowed everywhere; what shares state between threads only where there are any.
    private static func platform(_ room: RoomTable.Room) -> Set<String> {
        let all: Set = ["Glibc", "Musl"]
        return room.never.contains("thread") ? all : all.union(["Synchronization"])
    }

    /// The signs of a deed in the table's last column.
    private static let deeds = [
        "clock": [
            "clock_gettime", "gettimeofday", "ContinuousClock", "SuspendingClock",
            "SystemRandomNumberGenerator",
        ],
        "thread": ["pthread_", "Task", "DispatchQueue"],
        "I/O": ["fopen(", "fputs(", "readLine(", "socket("],
    ]
}
