import Events
import Queries

/// Everything the engine knows, as one immutable value: what frames, lines and exports read.
///
/// Two panels that read the same snapshot can't disagree. Taking one changes nothing.
package struct EngineSnapshot: Sendable {
    /// Of the last input applied; 0 before the first.
    package var number: UInt64
    /// The processing time of that input.
    package var now: Timestamp
    /// In the order of the plan.
    package var streams: [StreamSnapshot]
    package var views: [ViewSnapshot]
    package var alerts: [AlertSnapshot]
    package var lag: LagSnapshot
    /// Those that are in force, the newest last.
    package var silences: [Silence] = []
    /// The number of the plan that it is of.
    package var plan: Int

    package init(
        number: UInt64, now: Timestamp, streams: [StreamSnapshot], views: [ViewSnapshot],
        alerts: [AlertSnapshot] = [], lag: LagSnapshot = LagSnapshot(), plan: Int = 0
    ) {
        self.number = number
        self.now = now
        self.streams = streams
        self.views = views
        self.alerts = alerts
        self.lag = lag
        self.plan = plan
    }
}

/// A stream's books, time and partitions.
package struct StreamSnapshot: Sendable {
    package var name: String
    package var books: StreamBooks
    /// `.beginning` before the first event, `.end` after a bounded stream's last.
    package var watermark: Timestamp
    /// `.beginning` before the first event.
    package var highestEventTime: Timestamp
    /// Admission of the last chunk with an event; nil before it.
    package var lastEventAt: Timestamp?
    /// Events accepted per second of processing time, over about the last second.
    package var rate: Double
    package var state: StreamState
    package var partitions: [PartitionSnapshot]
    /// With `watermark_by`: the clocks of its keys.
    package var clocks: KeyClocksSnapshot?
    package var disorder: Disorder
    /// The newest last; at most 10,000 (the exact count is in the books).
    package var deadLetters: ArraySlice<DeadLetter>
    package var latency: LatencySnapshot
    /// Fields that queries name and that are not what they were; empty when all is well.
    package var drifted: [DriftedField]
    /// The newest records; empty where nobody looks at them.
    package var recent = RecentRecords()

    package init(
        name: String, books: StreamBooks = StreamBooks(), watermark: Timestamp = .beginning,
        highestEventTime: Timestamp = .beginning, lastEventAt: Timestamp? = nil, rate: Double = 0,
        state: StreamState = .waiting, partitions: [PartitionSnapshot] = [],
        clocks: KeyClocksSnapshot? = nil, disorder: Disorder = Disorder(),
        deadLetters: ArraySlice<DeadLetter> = [], latency: LatencySnapshot = LatencySnapshot(),
        drifted: [DriftedField] = []
    ) {
        self.name = name
        self.books = books
        self.watermark = watermark
        self.highestEventTime = highestEventTime
        self.lastEventAt = lastEventAt
        self.rate = rate
        self.state = state
        self.partitions = partitions
        self.clocks = clocks
        self.disorder = disorder
        self.deadLetters = deadLetters
        self.latency = latency
        self.drifted = drifted
    }
}

/// Where a stream stands.
package enum StreamState: Hashable, Sendable {
    /// Not opened yet.
    case waiting
    case live
    /// Nothing for longer than `freshness`.
    case stale
    case disconnected(String)
    case failed(String)
    /// A bounded stream, read to its end.
    case ended
}

/// What became of every record: received = deadLettered + duplicate + dropped + accepted.
package struct StreamBooks: Hashable, Sendable {
    package var received: UInt64 = 0
    package var deadLettered: UInt64 = 0
    package var duplicate: UInt64 = 0
    /// Lost by a source that can't be held back.
    package var dropped: UInt64 = 0
    /// Of those of which that is known.
    package var droppedBytes: UInt64 = 0
    package var accepted: UInt64 = 0
    /// Accepted, but late for at least one view.
    package var late: UInt64 = 0

    package init() {}

    package var balance: Bool { received == deadLettered + duplicate + dropped + accepted }
}

/// A view's results: its keys, its fired panes, and what its open windows hold so far.
package struct ViewSnapshot: Sendable {
    package var name: String
    /// How rows are grouped and columns named.
    package var keyNames: [String]
    package var aggregateNames: [String]
    /// nil: since the start.
    package var window: Window?
    package var books: ViewBooks
    /// Slots: a key keeps its slot (and its colour) until it is forgotten. nil: free.
    package var keys: [Key?]
    /// Of each slot: the end of the first window its key could appear in. A row of an older pane
    /// belongs to a key that had the slot before and was forgotten.
    package var keysSince: [Timestamp]
    /// Fired panes, oldest first, at most 600.
    package var history: [Pane]
    /// Panes of windows that have not fired, oldest first; the running values. They are worked out
    /// when they are asked for, each time, by whoever asks: a snapshot of many keys costs the
    /// engine next to nothing.
    package var early: [Pane] { running() }
    private let running: @Sendable () -> [Pane]
    /// How its events are found again.
    var matcher: ViewMatcher?
    /// True once the key limit sent events to the `(other)` row, which is the last slot.
    package var overLimit: Bool

    package init(
        name: String, keyNames: [String], aggregateNames: [String],
        window: Window? = nil, books: ViewBooks = ViewBooks(),
        keys: [Key?] = [], keysSince: [Timestamp] = [], history: [Pane] = [],
        early: @autoclosure @escaping @Sendable () -> [Pane] = [], overLimit: Bool = false
    ) {
        self.name = name
        self.keyNames = keyNames
        self.aggregateNames = aggregateNames
        self.window = window
        self.books = books
        self.keys = keys
        self.keysSince = keysSince
        self.history = history
        running = early
        self.overLimit = overLimit
    }
}

/// What became of every accepted event: accepted = aggregated + filtered + late + overflowed.
package struct ViewBooks: Hashable, Sendable {
    package var aggregated: UInt64 = 0
    package var filtered: UInt64 = 0
    package var late: UInt64 = 0
    package var overflowed: UInt64 = 0
    /// Times that a regular expression gave up on a text at its limit, which then didn't match.
    /// Those events are among the others.
    package var matchLimits: UInt64 = 0

    package init() {}

    package var total: UInt64 { aggregated + filtered + late + overflowed }
}

/// One firing of a window: a row per key, a value per aggregate.
package struct Pane: Sendable {
    package enum Kind: String, Hashable, Sendable {
        case early
        case onTime = "on_time"
        case late, final
        /// Of a key whose clock had been silent: the window had fired without it.
        case backfill
    }

    package var start: Timestamp
    package var end: Timestamp
    package var kind: Kind
    /// The key slots that have a row, ascending.
    package var slots: [Int32]
    /// Events in each row; 0 is an empty pane.
    package var counts: [UInt64]
    /// `values[aggregate][row]`; NaN is null.
    package var values: [[Double]]
    /// Of a session: the windows of the panes that this one replaces.
    package var replaces: [Range<Timestamp>] = []
    /// Of a session: the slot of its key among those of windows.
    var owner: Int32 = -1
    /// With `top`, of each row, until its values have rows of their own.
    var rankings: [FrequentValues] = []

    package init(
        start: Timestamp, end: Timestamp, kind: Kind, slots: [Int32] = [], counts: [UInt64] = [],
        values: [[Double]] = []
    ) {
        self.start = start
        self.end = end
        self.kind = kind
        self.slots = slots
        self.counts = counts
        self.values = values
    }

    /// The row of a key's slot; nil where the key has none. Binary search.
    package func row(of slot: Int32) -> Int? {
        let row = place(of: slot)
        return row < slots.count && slots[row] == slot ? row : nil
    }

    /// Where the slot stands, or would.
    func place(of slot: Int32) -> Int {
        var low = 0
        var high = slots.count
        while low < high {
            let middle = (low + high) / 2
            if slots[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
