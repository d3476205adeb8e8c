/// What a key does.
package enum KeyAction: Hashable, Sendable {
    case quit, redraw, help, nextPanel, previousPanel, nextPage, previousPage, zoom, back, freeze
    case filter, nextMatch, previousMatch, sort, logScale, nearer, further, events
    case acknowledge, silence, explain
    case pause, reload, theme, zone, copy, picture, command
    /// In a replay.
    case play, bookmark, nextBookmark, loopFrom, loopTo
    case seek(Int), step(Int), speed(Int), alert(Int)
    case panel(Int)
    case move(Int)
}
