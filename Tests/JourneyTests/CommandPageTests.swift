import Foundation
import Testing

/// docs/commands.md, docs/commands/ and docs/weir.1 say what the program does.
@Suite struct CommandPageTests {
    private let commands: [CommandHelp]

    init() throws {
        commands = try CommandHelp.all()
        try #require(commands.count >= 6)
    }

    private func page(_ command: CommandHelp) throws -> CommandPage {
        try CommandPage("commands/\(command.commandName).md")
    }

    @Test func everyCommandHasAPageAndEveryPageACommand() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: CommandPage.folder.appendingPathComponent("commands").path)
        let names = commands.map(\.commandName)
        #expect(Set(files) == Set(names.map { "\($0).md" }))
        let overview = try CommandPage("commands.md").text
        #expect(names.filter { !overview.contains("(commands/\($0).md)") } == [])
    }

    @Test func everyOptionHasARowAndEveryRowAnOption() throws {
        for command in commands {
            let rows = try page(command).optionsInTables
            #expect(rows == command.options, "docs/commands/\(command.commandName).md")
        }
    }

    /// In examples and sentences too, where other commands are named as well.
    @Test func noPageNamesAnOptionThatNoCommandHas() throws {
        let options = commands.reduce(into: Set<String>()) { $0.formUnion($1.options) }
        for command in commands {
            let unknown = try page(command).longOptions.subtracting(options)
            #expect(unknown == [], "docs/commands/\(command.commandName).md")
        }
    }

    @Test func theManualHasEveryOptionAndNoOther() throws {
        let manual = try CommandPage("weir.1")
        let options = commands.reduce(into: Set<String>()) { $0.formUnion($1.options) }
        #expect(manual.optionsInTags == options)
        #expect(manual.longOptions.subtracting(options) == [])
        #expect(try CommandPage("commands.md").longOptions.subtracting(options) == [])
    }

    /// Each page's examples, in a folder that holds the files it shows.
    @Test func theExamplesPrintWhatThePagesSay() throws {
        var count = 0
        for command in commands {
            let page = try page(command)
            let folder = try folder(holding: page.files)
            defer { try? FileManager.default.removeItem(at: folder) }
            for example in page.examples {
                let output = try run(example.command, in: folder)
                #expect(output == example.output, "\(example.command)")
                count += 1
            }
        }
        #expect(count >= 12)
    }

    private func folder(holding files: [(name: String, text: String)]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "weir-pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        for file in files {
            try file.text.write(
                to: folder.appendingPathComponent(file.name), atomically: true, encoding: .utf8)
        }
        return folder
    }

    /// What a command line prints to both outputs, as a terminal would show it.
    private func run(_ command: String, in folder: URL) throws -> String {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        let weir = "weir() { '\(weirProgram)' \"$@\"; }"
        shell.arguments = ["-c", "\(weir)\n{ \(command); } 2>&1"]
        shell.currentDirectoryURL = folder
        shell.standardInput = FileHandle.nullDevice
        let out = Pipe()
        shell.standardOutput = out
        try shell.run()
        let bytes = out.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
