import Configuration
import Engine
import Events
import Queries
import Screen

/// The filter and the command line.
extension ScreenState {
    mutating func beginFilter() {
        prompt = Prompt(
            kind: .filter, line: LineEditor(filter.text, history: filterHistory), former: filter)
    }

    /// A filter works while it is typed; a command when it is entered.
    mutating func type(_ key: KeyPress, _ snapshot: EngineSnapshot) -> ScreenCommand? {
        guard var typing = prompt else { return nil }
        typing.candidates = []
        switch key {
        case .enter:
            prompt = nil
            return enter(&typing, snapshot)
        case .escape, .control("c"):
            prompt = nil
            if typing.kind == .filter { filter = KeyFilter() }
            return nil
        case .backspace where typing.line.text.isEmpty:
            prompt = nil
            return nil
        case .tab:
            let words =
                switch typing.kind {
                case .filter: Self.keyWords(of: snapshot)
                case .command: commandWords
                case .silence: [String]()
                }
            typing.candidates = typing.line.complete(words)
        default: _ = typing.line.handle(key)
        }
        prompt = typing
        if typing.kind == .filter { filter.text = typing.line.text }
        return nil
    }

    private mutating func enter(
        _ typing: inout Prompt, _ snapshot: EngineSnapshot
    ) -> ScreenCommand? {
        let text = typing.line.enter()
        switch typing.kind {
        case .filter:
            filterHistory = typing.line.history
            filter.text = text
            if filter.isLiteral {
                say("that is no regular expression; it is looked for as it stands")
            }
            return nil
        case .command:
            commandHistory = typing.line.history
            return run(text.trimmed, snapshot)
        case .silence(let target): return silence(target, text.trimmed, snapshot)
        }
    }

    private mutating func run(_ text: String, _ snapshot: EngineSnapshot) -> ScreenCommand? {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let name = parts.first else { return nil }
        let rest = parts.count > 1 ? parts[1].trimmed : ""
        if let command = runInReplay(name, rest) { return command }
        switch name {
        case "q", "quit": return .quit
        case "reload": return .reload
        case "close": return .close
        case "picture": return .picture(rest.isEmpty ? nil : rest)
        case "theme": return theme(named: rest)
        case "themes": list("themes", themes.map { $0 == theme ? "\($0)  (this one)" : $0 })
        case "silences": list("silences", silenceLines(snapshot))
        case "unsilence": return unsilence(rest, snapshot)
        case "sources": list("sources", sourceLines)
        case "views": list("views", dashboard.views.map { "\($0.name): \($0.text)" })
        case "help": overlay = .help(search: LineEditor(), first: 0)
        case "page": openPage(rest)
        case "filter": filter.text = rest
        default:
            if text.contains("(") { return .query(text) }
            say(
                "`\(name)` is neither a command nor a query; commands: "
                    + commands.joined(separator: ", "), isProblem: true)
        }
        return nil
    }

    private var commands: [String] {
        let common = [
            "close", "filter", "help", "page", "picture", "quit", "silences", "sources", "theme",
            "themes", "views",
        ]
        return (common + (replay == nil ? ["reload", "unsilence"] : Self.replayCommands)).sorted()
    }

    private var commandWords: [String] {
        let fields = dashboard.views.flatMap {
            $0.query.keyNames + $0.query.fieldUses.map(\.path.description)
        }
        let words = ["where", "by", "over", "every", "from", "count()", "rate()"]
        return Array(
            Set(
                commands + themes + fields + words + FunctionNames.aggregates.map { $0 + "(" }
                    + dashboard.streams.map(\.name) + pageNames)
        ).sorted()
    }

    private static func keyWords(of snapshot: EngineSnapshot) -> [String] {
        Array(
            Set(
                snapshot.views.flatMap { view in
                    view.keys.prefix(2000).flatMap { $0?.values.map(\.description) ?? [] }
                })
        ).sorted()
    }

    mutating func list(_ title: String, _ lines: [String]) {
        overlay = .note(title: title, lines: lines.isEmpty ? ["none"] : lines)
    }

    private mutating func theme(named name: String) -> ScreenCommand? {
        if themes.contains(name) { return .theme(name) }
        say(
            "there is no theme `\(name)`; there are \(themes.joined(separator: ", "))",
            isProblem: true)
        return nil
    }

    /// A page that is broken into several has its name once.
    private var pageNames: [String] {
        placement.pages.map(\.name).reduce(into: []) { names, name in
            if let name, !names.contains(name) { names.append(name) }
        }
    }

    private mutating func openPage(_ name: String) {
        guard !open(page: name) else { return }
        say(
            "there is no page `\(name)`; there are \(pageWords.joined(separator: ", "))",
            isProblem: true)
    }

    /// Shows the page of that name or number, counted from 1; false where there is none.
    package mutating func open(page name: String) -> Bool {
        let pages = placement.pages
        let number = Int(name).map { $0 - 1 } ?? pages.firstIndex { $0.name == name }
        guard let number, pages.indices.contains(number), let first = pages[number].panels.first
        else { return false }
        focus = first.panel
        isZoomed = false
        return true
    }

    /// What a page can be asked for by.
    package var pageWords: [String] { placement.pages.indices.map { "\($0 + 1)" } + pageNames }

    private var sourceLines: [String] {
        dashboard.streams.map { "\($0.name): \($0.from)" }
            + dashboard.lag.map { "\($0.name): group \($0.group) of \($0.from)" }
    }
}

extension String {
    var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
