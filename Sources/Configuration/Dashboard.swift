import Events
import Queries

/// A dashboard file as plain values: read, typed and checked.
package struct Dashboard: Sendable {
    package var title: String?
    /// In the file's order.
    package var streams: [StreamDefinition]
    package var views: [ViewDefinition]
    package var lag: [LagDefinition] = []
    package var alerts: [AlertDefinition] = []
    /// From top to bottom; never empty after reading (sensible ones are made).
    package var rows: [PanelRow]
    /// Who is told of alerts.
    package var receivers: [ReceiverDefinition] = []
    /// What `weir test` runs.
    package var tests: [TestDefinition] = []

    package init(
        title: String? = nil, streams: [StreamDefinition] = [], views: [ViewDefinition] = [],
        rows: [PanelRow] = []
    ) {
        self.title = title
        self.streams = streams
        self.views = views
        self.rows = rows
    }
}

/// A stream: where it comes from and the rules of its time.
package struct StreamDefinition: Hashable, Sendable {
    package var name: String
    /// As written: `stdin`, a path, `demo:plant`, `kafka://broker/topic`.
    package var from: String
    /// Options of the source.
    package var settings = SourceSettings()
    /// nil: what the source's name tells.
    package var format: RecordFormat?
    package var time = TimeField.arrival
    package var outOfOrderness = Nanoseconds.zero
    package var allowedLateness = Nanoseconds.zero
    package var idleAfter = Nanoseconds.seconds(10)
    package var maxFutureSkew = Nanoseconds.seconds(3600)
    package var forgetAfter = Nanoseconds.seconds(600)
    /// Older than this is STALE.
    package var freshness: Nanoseconds?
    /// The field whose repetition makes an event a duplicate.
    package var id: FieldPath?
    package var dedupWindow = Nanoseconds.seconds(600)
    /// The field each value of which has a watermark of its own.
    package var watermarkBy: FieldPath?
    /// Times inside an event, in the order in which it passes its stages.
    package var stages: [FieldPath] = []
    /// Of fields whose names don't tell.
    package var units: [FieldPath: Unit] = [:]
    /// Keys that a view holds; past them events go to its `(other)` row.
    package var keyLimit = 10_000

    package init(name: String, from: String) {
        self.name = name
        self.from = from
    }
}

/// A named query.
package struct ViewDefinition: Hashable, Sendable {
    package var name: String
    package var query: Query
    /// The query as written.
    package var text: String
    /// Index into the dashboard's streams.
    package var stream: Int

    package init(name: String, query: Query, text: String, stream: Int) {
        self.name = name
        self.query = query
        self.text = text
        self.stream = stream
    }
}

/// Panels side by side, with a share of the height.
package struct PanelRow: Hashable, Sendable {
    package var panels: [PanelDefinition]
    /// Share of the rows' height; at least 1.
    package var height: Int
    /// The page it is on; nil: the first.
    package var page: String?

    package init(panels: [PanelDefinition], height: Int = 1, page: String? = nil) {
        self.panels = panels
        self.height = height
        self.page = page
    }
}

/// A panel: what it shows and how.
package struct PanelDefinition: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// One aggregate of a view over time, a line per key.
        case sparkline(view: Int, aggregate: Int)
        /// The same with axes, all keys in one chart.
        case area(view: Int, aggregate: Int)
        /// One aggregate of a view against its range, a bar per key.
        case gauge(view: Int, aggregate: Int)
        /// One aggregate of a view, a bar per key, the longest first.
        case bars(view: Int, aggregate: Int)
        /// One aggregate of a view over time, a row of shades per key.
        case heatmap(view: Int, aggregate: Int)
        /// What a view with `top` ranks, per group.
        case top(view: Int)
        /// A view's aggregates, a row per key.
        case table(view: Int)
        /// How long a stream's events take from stage to stage.
        case latency(stream: Int)
        /// A consumer group, a line per partition: an index into the dashboard's lag probes.
        case lag(probe: Int)
        /// Records of a stream that could not be used, as they were.
        case deadLetters(stream: Int)
        /// How far a stream's time has come, and who holds it.
        case watermark(stream: Int)
        /// Alerts by their state: all of them, or one.
        case alerts(alert: Int?)
        /// The newest records of a stream, as they came.
        case events(stream: Int)
        /// How weir itself is: queues, books, frame time, memory.
        case health

        /// The view whose keys `sort` puts into an order; nil: the panel has one of its own.
        package var sortedView: Int? {
            switch self {
            case .table(let view), .heatmap(let view, _): view
            default: nil
            }
        }
    }

    /// A column to sort by, and which way.
    package struct Sort: Hashable, Sendable {
        /// An aggregate's or a key field's name.
        package var column: String
        package var descending: Bool

        package init(column: String, descending: Bool) {
            self.column = column
            self.descending = descending
        }
    }

    package var content: Content
    package var title: String?
    package var unit: String?
    package var min: Double?
    package var max: Double?
    package var warn: Double?
    package var crit: Double?
    package var sort: Sort?
    /// A scale of powers of ten.
    package var log = false
    /// Share of the row's width; at least 1.
    package var width = 1
    package var minWidth: Int?
    package var minHeight: Int?

    package init(content: Content) { self.content = content }
}
