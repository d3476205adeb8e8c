import Screen

/// What a key does.
enum KeyAction: Hashable, Sendable {
    case quit, redraw, help, nextPanel, previousPanel, zoom, back, freeze, filter
    case panel(Int)
    case move(Int)
}

/// One line of the key map: the help and the hints are made from it.
struct KeyBinding: Sendable {
    var keys: [KeyPress]
    /// As the help shows the keys.
    var label: String
    var meaning: String
    /// In the bottom line; nil: not there.
    var hint: String?
    var action: KeyAction
}

enum KeyMap {
    private static let page = 10

    static let bindings: [KeyBinding] = [
        KeyBinding(
            keys: [.character("?")], label: "?", meaning: "this help", hint: "help", action: .help),
        KeyBinding(
            keys: [.character("/")], label: "/",
            meaning: "show only keys with a text; ! in front: without it", hint: "filter",
            action: .filter),
        KeyBinding(
            keys: [.tab], label: "tab", meaning: "next panel", hint: "panel", action: .nextPanel),
        KeyBinding(
            keys: [.backTab], label: "shift-tab", meaning: "previous panel",
            action: .previousPanel),
        KeyBinding(
            keys: [.enter], label: "enter", meaning: "the panel on the whole screen", hint: "zoom",
            action: .zoom),
        KeyBinding(
            keys: [.escape], label: "esc", meaning: "back; without a zoom: no filter",
            action: .back),
        KeyBinding(
            keys: [.character(" ")], label: "space",
            meaning: "freeze the picture while the stream goes on", hint: "freeze",
            action: .freeze),
        KeyBinding(
            keys: [.up, .character("k")], label: "↑ k", meaning: "a row up", action: .move(-1)),
        KeyBinding(
            keys: [.down, .character("j")], label: "↓ j", meaning: "a row down", action: .move(1)),
        KeyBinding(
            keys: [.left, .character("h")], label: "← h", meaning: "previous panel",
            action: .previousPanel),
        KeyBinding(
            keys: [.right, .character("l")], label: "→ l", meaning: "next panel",
            action: .nextPanel),
        KeyBinding(keys: [.pageUp], label: "PgUp", meaning: "ten rows up", action: .move(-page)),
        KeyBinding(keys: [.pageDown], label: "PgDn", meaning: "ten rows down", action: .move(page)),
        KeyBinding(
            keys: [.home, .character("g")], label: "g", meaning: "first row",
            action: .move(.min / 2)),
        KeyBinding(
            keys: [.end, .character("G")], label: "G", meaning: "last row",
            action: .move(.max / 2)),
        KeyBinding(
            keys: [.control("l")], label: "Ctrl-L", meaning: "draw the screen anew",
            action: .redraw),
        KeyBinding(
            keys: [.character("q"), .control("c")], label: "q", meaning: "quit", hint: "quit",
            action: .quit),
    ]

    static func action(of key: KeyPress) -> KeyAction? {
        if case .character(let c) = key, let digit = c.wholeNumberValue, 1...9 ~= digit {
            return .panel(digit - 1)
        }
        return bindings.first { $0.keys.contains(key) }?.action
    }
}
