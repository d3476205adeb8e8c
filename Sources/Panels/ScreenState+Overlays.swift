import Engine
import Screen

/// What covers the panels takes the keys that it has use for.
extension ScreenState {
    /// True when the key was for the overlay.
    mutating func handleOverlay(_ key: KeyPress, _ snapshot: EngineSnapshot) -> Bool {
        switch overlay {
        case .help(let search, let first): return handleHelp(key, search, first)
        case .events(var events)?:
            if closes(key) { return true }
            guard case .move(let rows)? = keyMap.action(of: key) else {
                return keyMap.action(of: key) == .zoom
            }
            events.move(rows)
            overlay = .events(events)
            return true
        case .explanation(let explanation)?: return handle(key, explanation, snapshot)
        case .note?: return closes(key)
        case nil: return false
        }
    }

    private mutating func handle(
        _ key: KeyPress, _ explanation: ExplanationOverlay, _ snapshot: EngineSnapshot
    ) -> Bool {
        switch keyMap.action(of: key) {
        case .back, .explain: overlay = nil
        case .events: showEvents(of: explanation, snapshot)
        case .move(let rows):
            var moved = explanation
            moved.first = max(0, min(10_000, moved.first + max(-10_000, min(10_000, rows))))
            overlay = .explanation(moved)
        case .acknowledge, .silence, .freeze, .quit: return false
        default: break
        }
        return true
    }

    private mutating func closes(_ key: KeyPress) -> Bool {
        let action = keyMap.action(of: key)
        guard action == .back || action == .events else { return false }
        overlay = nil
        return true
    }

    /// In the help letters are searched for; arrows move, escape closes.
    private mutating func handleHelp(
        _ key: KeyPress, _ search: LineEditor, _ first: Int
    ) -> Bool {
        var (search, first) = (search, first)
        switch key {
        case .escape, .character("?"), .enter:
            overlay = nil
            return true
        case .up: first -= 1
        case .down: first += 1
        case .pageUp: first -= 10
        case .pageDown: first += 10
        case .control("c"): return false
        default:
            guard search.handle(key) else { return false }
            first = 0
        }
        let count = HelpBox(keyMap: keyMap, search: search.text).lines.count
        overlay = .help(search: search, first: max(0, min(first, count - 1)))
        return true
    }
}
