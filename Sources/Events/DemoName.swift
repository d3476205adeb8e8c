/// The streams that weir can simulate, which are sources like any other: `demo:plant`.
///
/// The one place that knows their names, for the dashboard's reader, the command line and the
/// stories themselves.
package enum DemoName: String, CaseIterable, Sendable {
    case plant, shop, fleet

    /// Of `demo:NAME`; nil if there is no such demo.
    package init?(source: String) {
        guard source.hasPrefix("demo:") else { return nil }
        self.init(rawValue: String(source.dropFirst("demo:".count)))
    }

    /// As `from` names it.
    package var source: String { "demo:\(rawValue)" }

    /// For messages: every demo as `from` names it.
    package static let list = "`demo:plant`, `demo:shop`, `demo:fleet`"
}
