import Configuration
import Engine
import Events
import Screen

/// What the screen remembers between frames: a key changes it, and nothing else but the news that
/// the loop tells it.
package struct ScreenState: Sendable {
    package internal(set) var dashboard: Dashboard
    /// nil: live.
    package var replay: ReplayStatus?
    package internal(set) var bookmarks: [Bookmark] = []
    var stepUnit = PlaybackUnit.snapshot
    /// Where a loop is to begin that has no end yet.
    var loopStart: Timestamp?
    package let symbols: Symbols
    package var keyMap: KeyMap
    /// Without colours, shades tell what they would.
    package var hasColors = true
    /// What frames are done without.
    package var economy = Economy.none
    /// The zone that times are told in, and the local one.
    package var clock = ScreenClock.utc
    package var localClock = ScreenClock.utc {
        didSet { if clock != .utc { clock = localClock } }
    }
    /// Names that `:theme` can be asked for, and the one that is used.
    package var themes: [String] = []
    package var theme = ""
    /// The intake stands still.
    package internal(set) var isPaused = false
    /// Who acknowledges and silences.
    package var user = "somebody"

    /// The size of the screen, by which pages are made.
    package internal(set) var columns = 80
    package internal(set) var rows = 24

    /// Index of the panel that has the keyboard, in reading order.
    package internal(set) var focus = 0
    package internal(set) var isZoomed = false
    /// What covers the panels.
    var overlay: Overlay?
    /// The snapshot that the picture stands at.
    var frozen: EngineSnapshot?
    var filter = KeyFilter()
    /// The line that is being typed.
    var prompt: Prompt?
    /// Lines that were typed before, of each kind.
    package var commandHistory: [String] = []
    var filterHistory: [String] = []
    /// What the last key led to; until the next one.
    package internal(set) var message: Message?
    package internal(set) var panelStates: [PanelState]
    /// Of each panel: the most lines that it has had use for, so that nothing jumps.
    private var needs: [Int?]
    package private(set) var placement: Placement

    /// Words about what a key has done.
    package struct Message: Hashable, Sendable {
        var text: String
        var isProblem = false
    }

    package init(
        dashboard: Dashboard, replay: ReplayStatus? = nil, symbols: Symbols = .unicode,
        keyMap: KeyMap = .standard
    ) {
        self.dashboard = dashboard
        self.replay = replay
        self.symbols = symbols
        self.keyMap = keyMap.part(replay == nil ? .live : .replay)
        panelStates = dashboard.rows.flatMap(\.panels).map { _ in PanelState() }
        needs = panelStates.map { _ in 1 }
        placement = Placement([], needs: [], in: Rect(column: 0, row: 0, width: 0, height: 0))
        place()
    }

    package var panels: [PanelDefinition] { dashboard.rows.flatMap(\.panels) }

    /// Between the top line and the bottom line, and the timeline of a replay above that.
    var body: Rect {
        Rect(column: 0, row: 1, width: columns, height: max(0, rows - 2 - timeline.height))
    }

    var timeline: Rect {
        let height = replay?.timeline == nil ? 0 : TimelineStrip.height(rows: rows)
        return Rect(column: 0, row: max(0, rows - 1 - height), width: columns, height: height)
    }

    var page: Int { placement.page(of: focus) }

    /// Whether panels are hidden by something that stands over them.
    package var isCovered: Bool { overlay != nil }

    /// Tells it how large the screen is and what there is to show, before a frame is drawn.
    package mutating func look(at snapshot: EngineSnapshot, columns: Int, rows: Int) {
        let shown = frozen ?? snapshot
        let found = panels.enumerated().map { index, panel in
            panel.need(shown, dashboard).map { max($0, needs[index] ?? 0) }
        }
        guard found != needs || (columns, rows) != (self.columns, self.rows) else { return }
        needs = found
        (self.columns, self.rows) = (columns, rows)
        place()
    }

    /// Takes another dashboard: panels that were there before keep what they remember.
    package mutating func adopt(_ next: Dashboard) {
        let known = zip(panels, panelStates).map { ($0.0, $0.1) }
        let isGrown = Array(next.rows.flatMap(\.panels).prefix(panels.count)) == panels
        let count = panels.count
        dashboard = next
        panelStates = panels.map { panel in
            known.first { $0.0 == panel }?.1 ?? PanelState()
        }
        needs = panels.map { _ in 1 }
        frozen = nil
        overlay = nil
        focus = isGrown && panels.count > count ? panels.count - 1 : min(focus, panels.count - 1)
        place()
    }

    package mutating func say(_ text: String, isProblem: Bool = false) {
        message = Message(text: text, isProblem: isProblem)
    }

    private mutating func place() {
        placement = Placement(dashboard.rows, needs: needs, in: body)
    }
}

/// What the screen remembers of one panel.
package struct PanelState: Hashable, Sendable {
    package var selection = 0
    /// Instead of the dashboard's.
    package var sort: PanelDefinition.Sort?
    package var isLog: Bool?
    /// A step of the range of time; 0: a pane for each place.
    package var range = 0

    package init() {}
}

/// What covers the panels.
enum Overlay: Sendable {
    /// The key map, from this line on.
    case help(search: LineEditor, first: Int)
    /// Why an alert fires or not.
    case explanation(ExplanationOverlay)
    /// Events behind a row, and the line that is chosen.
    case events(EventsOverlay)
    /// A few lines of text.
    case note(title: String, lines: [String])
}

/// A line that is being typed.
struct Prompt: Sendable {
    enum Kind: Hashable, Sendable {
        case filter, command
        /// For how long, and why.
        case silence(AlertTarget)
    }

    var kind: Kind
    var line: LineEditor
    /// What the word before the cursor could be.
    var candidates: [String] = []
    /// The filter before this one was begun.
    var former = KeyFilter()

    /// What stands before the line.
    var sign: String {
        switch kind {
        case .filter: " / "
        case .command: " : "
        case .silence(let target): " silence \(target.words) for, and why: "
        }
    }
}

extension AlertTarget {
    /// The rule and the group, as a person names them.
    package var words: String {
        let group = group.map { $0.values.isEmpty ? "" : " " + $0.description } ?? ""
        return (rule ?? "all alerts") + group
    }
}
