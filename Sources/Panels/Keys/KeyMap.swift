import Screen

/// One line of the key map: the help and the hints are made from it.
package struct KeyBinding: Sendable {
    /// Where it is there.
    package enum Scope: Hashable, Sendable { case everywhere, live, replay }

    /// As the user's configuration names it.
    package var name: String
    package var keys: [KeyPress]
    var meaning: String
    /// In the bottom line; nil: not there.
    var hint: String?
    var action: KeyAction
    package var scope: Scope

    init(
        _ name: String, _ keys: KeyPress..., meaning: String, hint: String? = nil,
        in scope: Scope = .everywhere, action: KeyAction
    ) {
        self.scope = scope
        self.name = name
        self.keys = keys
        self.meaning = meaning
        self.hint = hint
        self.action = action
    }

    /// As the help shows the keys.
    var label: String { keys.map(\.label).joined(separator: " ") }

    /// Whether both are ever there at once.
    func meets(_ other: KeyBinding) -> Bool { scope == .everywhere || scope == other.scope }
}

/// Which key does what. What isn't in it can't be done by a key.
package struct KeyMap: Sendable {
    package var bindings: [KeyBinding]

    private static let page = 10

    package static let standard = KeyMap(
        bindings: playing + reading + places + alerts + pictures)

    /// What is there when it is live, or in a replay. The keys that only a replay has do there what
    /// they say, and nothing else.
    package func part(_ scope: KeyBinding.Scope) -> KeyMap {
        let own = bindings.filter { $0.scope == scope }.flatMap(\.keys)
        var map = KeyMap(bindings: bindings.filter { [.everywhere, scope].contains($0.scope) })
        for i in map.bindings.indices where map.bindings[i].scope == .everywhere {
            map.bindings[i].keys.removeAll(where: own.contains)
        }
        return map
    }

    private static let playing = [
        KeyBinding(
            "play", " ", meaning: "play, or pause", hint: "play", in: .replay, action: .play),
        KeyBinding(
            "seek_back", .left, meaning: "back by a 50th of the whole", hint: "seek", in: .replay,
            action: .seek(-1)),
        KeyBinding(
            "seek_forward", .right, meaning: "on by a 50th of the whole", in: .replay,
            action: .seek(1)),
        KeyBinding(
            "step_back", ",", meaning: "a step back: `:step` says to what", in: .replay,
            action: .step(-1)),
        KeyBinding(
            "step", ".", meaning: "a step on", hint: "step", in: .replay, action: .step(1)),
        KeyBinding(
            "slower", "[", meaning: "slower", in: .replay, action: .speed(-1)),
        KeyBinding(
            "faster", "]", meaning: "faster", in: .replay, action: .speed(1)),
        KeyBinding(
            "previous_alert", "{", meaning: "to where an alert began to fire before this",
            in: .replay, action: .alert(-1)),
        KeyBinding(
            "next_alert", "}", meaning: "to where the next alert begins to fire",
            hint: "next alert", in: .replay, action: .alert(1)),
        KeyBinding(
            "bookmark", "b", meaning: "a bookmark here, or none any more", in: .replay,
            action: .bookmark),
        KeyBinding(
            "next_bookmark", "B", meaning: "to the next bookmark", in: .replay,
            action: .nextBookmark),
        KeyBinding(
            "loop_from", "(", meaning: "what is played again and again begins here",
            in: .replay, action: .loopFrom),
        KeyBinding(
            "loop_to", ")", meaning: "and ends here; once more: no loop", in: .replay,
            action: .loopTo),
    ]

    private static let reading = [
        KeyBinding("help", "?", meaning: "this help", hint: "help", action: .help),
        KeyBinding(
            "filter", "/", meaning: "show only keys that match; ! in front: that don't",
            hint: "filter", action: .filter),
        KeyBinding("next_match", "n", meaning: "next key that matches", action: .nextMatch),
        KeyBinding(
            "previous_match", "N", meaning: "previous key that matches", action: .previousMatch),
        KeyBinding(
            "command", ":", meaning: "a command, or a query that becomes a panel",
            hint: "command", action: .command),
        KeyBinding(
            "next_panel", .tab, "l", .right, meaning: "next panel", hint: "panel",
            action: .nextPanel),
        KeyBinding(
            "previous_panel", .backTab, "h", .left, meaning: "previous panel",
            action: .previousPanel),
        KeyBinding("next_page", ">", meaning: "next page", action: .nextPage),
        KeyBinding("previous_page", "<", meaning: "previous page", action: .previousPage),
        KeyBinding(
            "zoom", .enter, meaning: "the panel on the whole screen", hint: "zoom", action: .zoom),
        KeyBinding(
            "back", .escape, meaning: "back: help, events, zoom, filter", action: .back),
    ]

    private static let places = [
        KeyBinding("up", "k", .up, meaning: "a row up", action: .move(-1)),
        KeyBinding("down", "j", .down, meaning: "a row down", action: .move(1)),
        KeyBinding("page_up", .pageUp, meaning: "ten rows up", action: .move(-page)),
        KeyBinding("page_down", .pageDown, meaning: "ten rows down", action: .move(page)),
        KeyBinding("first", "g", .home, meaning: "first row", action: .move(.min / 2)),
        KeyBinding("last", "G", .end, meaning: "last row", action: .move(.max / 2)),
        KeyBinding(
            "events", "e", meaning: "the events behind a row", hint: "events", action: .events),
        KeyBinding(
            "sort", "s", meaning: "sort a table or a heatmap by its next column", action: .sort),
        KeyBinding(
            "log_scale", "L", meaning: "a scale of powers of ten, or not", action: .logScale),
        KeyBinding("nearer", "+", meaning: "a shorter range of time", action: .nearer),
        KeyBinding("further", "-", meaning: "a longer range of time", action: .further),
    ]

    private static let alerts = [
        KeyBinding(
            "explain", "x", meaning: "explain an alert: why it fires, or why not", hint: "explain",
            action: .explain),
        KeyBinding(
            "acknowledge", "a", meaning: "acknowledge an alert, or take that back", in: .live,
            action: .acknowledge),
        KeyBinding(
            "silence", "S", meaning: "silence an alert for a while", in: .live, action: .silence),
    ]

    private static let pictures = [
        KeyBinding(
            "freeze", " ", meaning: "freeze the picture while the stream goes on", hint: "freeze",
            in: .live, action: .freeze),
        KeyBinding(
            "pause", "=", meaning: "pause the intake, where the source can wait", in: .live,
            action: .pause),
        KeyBinding(
            "reload", "r", meaning: "read the dashboard file again", in: .live, action: .reload),
        KeyBinding("theme", "t", meaning: "next theme", action: .theme),
        KeyBinding("zone", "Z", meaning: "times in UTC, or local ones", action: .zone),
        KeyBinding("copy", "y", meaning: "copy the row to the clipboard", action: .copy),
        KeyBinding("picture", "p", meaning: "write the picture to a file", action: .picture),
        KeyBinding("redraw", .control("l"), meaning: "draw the screen anew", action: .redraw),
        KeyBinding("quit", "q", .control("c"), meaning: "quit", hint: "quit", action: .quit),
    ]

    func action(of key: KeyPress) -> KeyAction? {
        if let bound = bindings.first(where: { $0.keys.contains(key) }) { return bound.action }
        guard case .character(let c) = key, let digit = c.wholeNumberValue, 1...9 ~= digit else {
            return nil
        }
        return .panel(digit - 1)
    }
}

extension KeyPress: ExpressibleByUnicodeScalarLiteral {
    package init(unicodeScalarLiteral scalar: Unicode.Scalar) {
        self = .character(Character(scalar))
    }

    /// As the help shows it.
    var label: String {
        switch self {
        case .character(" "): "space"
        case .character(let c): String(c)
        case .control(let c): "Ctrl-\(c.uppercased())"
        case .enter: "enter"
        case .escape: "esc"
        case .tab: "tab"
        case .backTab: "shift-tab"
        case .backspace: "backspace"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .home: "home"
        case .end: "end"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .mouse: "mouse"
        }
    }
}
