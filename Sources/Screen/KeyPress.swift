/// A key of the keyboard, as the terminal sent it, or what a mouse did. (A view's key is a `Key`.)
package enum KeyPress: Hashable, Sendable {
    case character(Character)
    case enter, escape, tab, backTab, backspace
    case up, down, left, right, home, end, pageUp, pageDown
    /// Held with Control, lower case: `.control("l")`.
    case control(Character)
    case mouse(MousePress)
}
