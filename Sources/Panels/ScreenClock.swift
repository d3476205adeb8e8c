import Events

/// In which zone the screen tells times.
package struct ScreenClock: Hashable, Sendable {
    /// East of UTC.
    package var offset: Nanoseconds
    /// What stands behind a time: `Z`, `+02:00`.
    package var label: String

    package init(offset: Nanoseconds, label: String) {
        self.offset = offset
        self.label = label
    }

    package static let utc = ScreenClock(offset: .zero, label: "Z")

    /// The time of day.
    func time(_ instant: Timestamp) -> String { (instant + offset).clock }
}
