import ArgumentParser
import Configuration
import Events

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show a simulated stream, live.",
        discussion: """
            plant: machines at five sites; some events come out of order, twice, late or broken.
            shop: visitors, signups and payments, which fail for a while.
            fleet: devices that go offline, and send what they kept when they come back.

            In each of them alerts fire and are resolved, and a consumer group falls behind and \
            catches up, within two minutes. The same --seed makes the same stream.
            """)

    @Argument(help: "The story: plant, shop or fleet.")
    var story = "plant"

    @Option(help: "Which stream: the same seed, the same events.")
    var seed: UInt64 = 1

    @OptionGroup var show: ShowOptions

    func run() throws {
        guard let demo = DemoName(rawValue: story) else {
            let names = DemoName.allCases.map(\.rawValue).joined(separator: ", ")
            throw Ending(.usage, "there is no demo `\(story)`; there is \(names)")
        }
        let dashboard = try DemoDashboard.read(demo)
        let options = SourceOptions(
            follow: true, seed: seed, deadLetters: show.printOptions.deadLetters)
        let program = Program(dashboard, options)
        try show.run(program, options, name: "demo:\(story)")
    }
}
