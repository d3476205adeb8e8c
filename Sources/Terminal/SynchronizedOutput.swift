/// DECSET 2026: what stands between the two is shown at once, so a frame that arrives in pieces
/// is never seen half. Terminals that don't know it ignore it.
enum SynchronizedOutput {
    static let begin = Array("\u{1B}[?2026h".utf8)
    static let end = Array("\u{1B}[?2026l".utf8)
}
