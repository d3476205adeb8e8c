import Testing

/// The rules about rooms, on a page and a manifest with mistakes in them.
@Suite("Tidy's rules about rooms")
struct RoomTests {
    static let page = """
        | room | in one line | imports | never |
        |---|---|---|---|
        | `Events` | words | – | Foundation |
        | `Engine` | `apply` | Events, DequeModule | clock, thread, I/O |

        And `CZstd`, which is `C`.

        | file | what |
        |---|---|
        | `Engine/Engine.swift` | it |
        """

    @Test func table() {
        let table = RoomTable(Self.page)
        #expect(table.rooms.map(\.name) == ["Events", "Engine"])
        #expect(table.room("Engine")?.imports == ["Events", "DequeModule"])
        #expect(table.room("Events")?.imports == [])
        #expect(table.room("Engine")?.never == ["clock", "thread", "I/O"])
        #expect(table.bridges == ["CZstd"])
    }

    @Test(
        "imports that the table doesn't allow",
        arguments: [
            ("Sources/Events/X.swift", "import Foundation"),
            ("Sources/Events/X.swift", "    import Engine"),
            ("Sources/Engine/X.swift", "@preconcurrency import Dispatch"),
            ("Sources/Engine/X.swift", "@_spi(X) package import Screen"),
            ("Sources/Engine/X.swift", "import struct Foundation.Data"),
            ("Sources/Engine/X.swift", "import Synchronization"),
            ("Sources/Engine/X.swift", "let clock = ContinuousClock()"),
            ("Sources/Cellar/X.swift", "let x = 1"),
        ])
    func refused(path: String, text: String) {
        #expect(Rules.imports(SourceFile(path, text), RoomTable(Self.page)).count == 1)
    }

    @Test(
        "imports that it allows",
        arguments: [
            ("Sources/Engine/X.swift", "import Events\nimport DequeModule"),
            ("Sources/Events/X.swift", "#if canImport(Glibc)\n    import Glibc\n#endif"),
            ("Sources/Events/X.swift", "import Synchronization"),
            ("Sources/Events/X.swift", "// import Foundation"),
            ("Tests/EventsTests/X.swift", "import Foundation"),
        ])
    func accepted(path: String, text: String) {
        #expect(Rules.imports(SourceFile(path, text), RoomTable(Self.page)) == [])
    }

    @Test func targets() {
        let table = RoomTable(Self.page)
        let same = """
            .systemLibrary(name: "CZstd"), .target(name: "Events"),
            .target(
                name: "Engine", dependencies: ["Events"]),
            .testTarget(name: "EngineTests"),
            """
        #expect(table.complaints(about: same) == [])
        #expect(table.complaints(about: same + ".target(name: \"Cellar\")").count == 1)
        #expect(table.complaints(about: ".target(name: \"Events\")").count == 2)
    }
}
