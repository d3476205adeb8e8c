import Screen

/// One line of the key map: the help and the hints are made from it.
package struct KeyBinding: Sendable {
    /// As the user's configuration names it.
    package var name: String
    package var keys: [KeyPress]
    var meaning: String
    /// In the bottom line; nil: not there.
    var hint: String?
    var action: KeyAction

    init(
        _ name: String, _ keys: KeyPress..., meaning: String, hint: String? = nil,
        action: KeyAction
    ) {
        self.name = name
        self.keys = keys
        self.meaning = meaning
        self.hint = hint
        self.action = action
    }

    /// As the help shows the keys.
    var label: String { keys.map(\.label).joined(separator: " ") }
}

/// Which key does what. What isn't in it can't be done by a key.
package struct KeyMap: Sendable {
    package var bindings: [KeyBinding]

    private static let page = 10

    package static let standard = KeyMap(bindings: reading + places + alerts + pictures)

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
            "acknowledge", "a", meaning: "acknowledge an alert, or take that back",
            action: .acknowledge),
        KeyBinding("silence", "S", meaning: "silence an alert for a while", action: .silence),
    ]

    private static let pictures = [
        KeyBinding(
            "freeze", " ", meaning: "freeze the picture while the stream goes on", hint: "freeze",
            action: .freeze),
        KeyBinding(
            "pause", "=", meaning: "pause the intake, where the source can wait", action: .pause),
        KeyBinding("reload", "r", meaning: "read the dashboard file again", action: .reload),
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
