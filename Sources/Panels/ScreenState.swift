import Configuration
import Engine
import Events
import Screen

/// What the screen remembers between frames: a key changes it, and nothing else.
package struct ScreenState: Sendable {
    package let dashboard: Dashboard
    /// nil: live.
    package let replaySpeed: Double?
    package let symbols: Symbols

    /// Index of the panel that has the keyboard, in reading order.
    var focus = 0
    var isZoomed = false
    var showsHelp = false
    /// The snapshot that the picture stands at.
    var frozen: EngineSnapshot?
    var filter = KeyFilter()
    /// While true, keys are typed into the filter.
    var isTyping = false
    /// Of each panel: the selected row.
    var selection: [Int]

    package init(dashboard: Dashboard, replaySpeed: Double? = nil, symbols: Symbols = .unicode) {
        self.dashboard = dashboard
        self.replaySpeed = replaySpeed
        self.symbols = symbols
        selection = dashboard.rows.flatMap(\.panels).map { _ in 0 }
    }

    var panels: [PanelDefinition] { dashboard.rows.flatMap(\.panels) }

    /// Takes a key. What the screen can't do for itself is returned.
    package mutating func handle(_ key: KeyPress, latest: EngineSnapshot) -> ScreenCommand? {
        if isTyping {
            type(key)
            return nil
        }
        guard let action = KeyMap.action(of: key) else { return nil }
        return perform(action, latest)
    }

    private mutating func perform(_ action: KeyAction, _ latest: EngineSnapshot) -> ScreenCommand? {
        switch action {
        case .quit: return .quit
        case .redraw: return .redraw
        case .help: showsHelp.toggle()
        case .nextPanel: moveFocus(1)
        case .previousPanel: moveFocus(-1)
        case .panel(let number): if number < panels.count { focus = number }
        case .zoom: isZoomed = true
        case .back: goBack()
        case .freeze: frozen = frozen == nil ? latest : nil
        case .filter: isTyping = true
        case .move(let rows): select(rows)
        }
        return nil
    }

    private mutating func moveFocus(_ step: Int) {
        guard !panels.isEmpty else { return }
        focus = floorMod(focus + step, panels.count)
    }

    /// Closes the nearest thing: help, then the zoom, then the filter.
    private mutating func goBack() {
        if showsHelp {
            showsHelp = false
        } else if isZoomed {
            isZoomed = false
        } else {
            filter = KeyFilter()
        }
    }

    /// The panel holds the selection within its rows when it is drawn.
    private mutating func select(_ rows: Int) {
        guard selection.indices.contains(focus) else { return }
        let (sum, overflow) = selection[focus].addingReportingOverflow(rows)
        selection[focus] = overflow ? .max / 2 : min(max(0, sum), .max / 2)
    }

    private mutating func type(_ key: KeyPress) {
        switch key {
        case .character(let c): filter.text.append(c)
        case .backspace: _ = filter.text.popLast()
        case .enter: isTyping = false
        case .escape:
            isTyping = false
            filter = KeyFilter()
        default: break
        }
    }
}

/// What a key asks of the program.
package enum ScreenCommand: Hashable, Sendable { case quit, redraw }

/// Narrows every panel to keys with this text in one of their values; `!` in front turns it round.
/// Upper and lower case are the same.
struct KeyFilter: Hashable, Sendable {
    var text = ""

    func passes(_ key: Key) -> Bool {
        let isInverted = text.hasPrefix("!")
        let wanted = (isInverted ? String(text.dropFirst()) : text).lowercased()
        guard !wanted.isEmpty else { return true }
        let found = key.values.contains { $0.description.lowercased().contains(wanted) }
        return found != isInverted
    }
}
