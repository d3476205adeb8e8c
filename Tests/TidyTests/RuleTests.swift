import Testing

/// Each rule, fed with what it is there to find, and with what only looks like it.
@Suite("Tidy's own rules")
struct RuleTests {
    @Test(
        "bans",
        arguments: [
            ("Sources/Engine/X.swift", "let now = Date()"),
            ("Tests/EngineTests/X.swift", "let x = try! f()"),
            ("Sources/Queries/X.swift", "default: fatalError(\"no\")"),
            ("Sources/Engine/X.swift", "Task { await f() }"),
            ("Sources/Monitor/X.swift", "print(1)"),
            ("Sources/Monitor/X.swift", "let text = \"\\(print(1))\""),
            ("Sources/Engine/X.swift", "final class A: @unchecked Sendable {}"),
            ("Sources/Engine/X.swift", "// TO" + "DO: later"),
            ("Sources/Engine/X.swift", "/// FIX" + "ME"),
            ("Tests/EngineTests/X.swift", "try await Task.sleep(for: .seconds(1))"),
            ("Tests/EngineTests/X.swift", "Thread.sleep(forTimeInterval: 1)"),
            ("Tests/EngineTests/X.swift", "usleep(10)"),
            ("Tests/EngineTests/X.swift", "@Test(.disabled(\"flaky\")) func f() {}"),
        ])
    func banned(path: String, text: String) {
        #expect(Rules.calls(SourceFile(path, text)).count == 1)
    }

    @Test(
        "what looks like a ban and isn't",
        arguments: [
            ("Sources/Engine/X.swift", "readDate(text)"),
            ("Sources/Engine/X.swift", "// not Date(): the queue stamps"),
            ("Sources/Engine/X.swift", "/* Date() /* try! */ fatalError( */"),
            ("Sources/Engine/X.swift", "let text = \"Date() and try! and print(\""),
            ("Sources/Engine/X.swift", "let text = #\"a \" Date() \\( \"#"),
            ("Sources/Engine/X.swift", "let text = \"\"\"\n    \" Date()\n    \"\"\""),
            ("Sources/Monitor/X.swift", "printer.print(1)"),
            ("Sources/Monitor/X.swift", "mutating func print(_ row: Row) {"),
            ("Sources/Monitor/Commands/X.swift", "print(1)"),
            ("Sources/Connectors/X.swift", "Task { await f() }"),
            ("Sources/Events/RecordBytes.swift", "final class A: @unchecked Sendable {}"),
        ])
    func allowed(path: String, text: String) {
        #expect(Rules.calls(SourceFile(path, text)) == [])
    }

    @Test func columns() {
        let file = { (letter: Character, count: Int) in
            SourceFile("Sources/Engine/X.swift", String(repeating: letter, count: count))
        }
        #expect(Rules.columns(file("x", 101)).count == 1)
        #expect(Rules.columns(file("x", 100)) == [])
        #expect(Rules.columns(file("─", 100)) == [])
    }

    @Test func fileLength() {
        let file = { (lines: Int) in
            SourceFile("Sources/Engine/X.swift", String(repeating: "let x = 1\n", count: lines))
        }
        #expect(Rules.length(file(501)).count == 1)
        #expect(Rules.length(file(500)) == [])
        #expect(Rules.medianLength([file(151), file(151), file(1)]).count == 1)
        #expect(Rules.medianLength([file(151), file(150), file(1)]) == [])
    }

    @Test(
        "functions and their lengths",
        arguments: [
            ("func a() {}", [1]),
            ("func a(\n    _ b: () -> Void = {}\n) -> Int\nwhere T: U {\n    1\n}", [6]),
            ("init?<T>(_ a: T) {\n    self.init(b: 1)\n    x = .init()\n}", [4]),
            ("func a() {\n    func b() {\n    }\n}", [4, 2]),
            ("protocol P {\n    func a() -> Int\n    var b: Int { get }\n}", []),
            ("// func a() {}\nlet text = \"func b() {\"", []),
            ("func a() {\n    f(\"}\") { }\n    // }\n}\nlet infinite = 1", [4]),
        ])
    func functions(text: String, lengths: [Int]) {
        #expect(SourceFile("Sources/Engine/X.swift", text).functions.map(\.lines) == lengths)
    }

    @Test func functionLength() {
        let file = { (lines: Int) in
            let body = String(repeating: "    f()\n", count: lines - 2)
            return SourceFile("Sources/Engine/X.swift", "func a() {\n\(body)}")
        }
        #expect(Rules.functionLengths(file(71)).count == 1)
        #expect(Rules.functionLengths(file(70)) == [])
        #expect(Rules.medianFunction([file(9), file(9), file(2)]).count == 1)
        #expect(Rules.medianFunction([file(9), file(8), file(2)]) == [])
    }

    @Test(arguments: [("StringUtils", 1), ("Cell+Helpers", 1), ("Base", 1), ("Base64", 0)])
    func names(name: String, complaints: Int) {
        #expect(Rules.name(SourceFile("Sources/Engine/\(name).swift", "")).count == complaints)
    }
}
