/// What a cell means; a theme says which colour that is. Golden frames hold these, never colours.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
    case text, dim, title, accent, box, selected
    case good, warn, bad
    /// A running value that may still change.
    case early
    /// Series colours, told apart by key.
    case series0, series1, series2, series3, series4, series5, series6, series7
    /// A value on the ramp from calm to loud, in eleven steps.
    case ramp0, ramp1, ramp2, ramp3, ramp4, ramp5, ramp6, ramp7, ramp8, ramp9, ramp10
    /// The colours of `warn` and `bad` for a filled area, such as a bar. Without colours text is
    /// reversed to be loud, and that would turn an area inside out.
    case warnArea, badArea

    /// The eight series roles repeat.
    package static func series(_ index: Int) -> Role {
        Role(rawValue: series0.rawValue + UInt8(index & 7))!
    }

    /// `share` from 0 (calm) to 1 (loud); outside is held at the ends.
    package static func ramp(_ share: Double) -> Role {
        let clamped = share.isNaN ? 0 : Swift.min(1, Swift.max(0, share))
        return Role(rawValue: ramp0.rawValue + UInt8((clamped * 10).rounded()))!
    }
}

/// A role and how it stands out.
package struct Style: Hashable, Sendable {
    package var role: Role
    package var bold: Bool
    package var reverse: Bool

    package init(_ role: Role, bold: Bool = false, reverse: Bool = false) {
        self.role = role
        self.bold = bold
        self.reverse = reverse
    }
}
