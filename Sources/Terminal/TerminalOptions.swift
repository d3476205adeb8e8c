import Screen

/// How the terminal is opened.
package struct TerminalOptions: Sendable {
    /// The colours to use; `nil` is what the terminal says it has.
    ///
    /// Fewer than it has are kept to. More are not taken on faith, with one exception: 24-bit
    /// colour, of which terminfo rarely knows.
    package var depth: ColorDepth?

    /// Whether a mouse is listened to. The terminal's own selecting then needs Shift.
    package var mouse: Bool

    package init(depth: ColorDepth? = nil, mouse: Bool = false) {
        self.depth = depth
        self.mouse = mouse
    }
}
