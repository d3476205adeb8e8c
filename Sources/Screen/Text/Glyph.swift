/// What stands in one cell: a base scalar and at most two combining scalars.
///
/// Only `CleanText` and this room's widgets make one, so every glyph is printable, and a terminal
/// that keeps to Unicode's widths moves its cursor by exactly `width`.
package struct Glyph: Hashable, Sendable {
    /// The base scalar in the low 21 bits, with the two flags above it.
    private let head: UInt32
    /// Zero where there is none.
    private let firstMark: UInt32
    private let secondMark: UInt32

    private static let wideFlag: UInt32 = 1 << 31
    private static let continuationFlag: UInt32 = 1 << 30
    private static let scalarBits: UInt32 = 0x1F_FFFF

    private init(head: UInt32, firstMark: UInt32 = 0, secondMark: UInt32 = 0) {
        self.head = head
        self.firstMark = firstMark
        self.secondMark = secondMark
    }

    /// `base` must be printable and of the width said; the callers in this room see to it.
    init(base: Unicode.Scalar, wide: Bool = false) {
        self.init(head: base.value | (wide ? Self.wideFlag : 0))
    }

    package static let blank = Glyph(base: " ")
    /// The right half of the wide glyph to its left.
    package static let continuation = Glyph(head: continuationFlag | 0x20)
    /// Stands for whatever can't be drawn safely in a known width.
    static let replacement = Glyph(base: "\u{FFFD}")
    static let ellipsis = Glyph(base: "…")

    package var isContinuation: Bool { head & Self.continuationFlag != 0 }
    package var isWide: Bool { head & Self.wideFlag != 0 }

    /// In columns: 1 or 2, and 0 for a continuation, so that a row's widths add up to its columns.
    package var width: Int { isContinuation ? 0 : isWide ? 2 : 1 }

    /// A space for a continuation; the presenter skips those.
    package var base: Unicode.Scalar { Unicode.Scalar(head & Self.scalarBits)! }

    /// The combining scalars, in order.
    package var marks: (Unicode.Scalar?, Unicode.Scalar?) {
        (Self.mark(firstMark), Self.mark(secondMark))
    }

    /// What to print; empty for a continuation.
    package var text: String {
        if isContinuation { return "" }
        var scalars = String.UnicodeScalarView()
        scalars.append(base)
        if let mark = marks.0 { scalars.append(mark) }
        if let mark = marks.1 { scalars.append(mark) }
        return String(scalars)
    }

    /// With one more combining scalar. A third and further ones are left out: they would draw over
    /// the neighbouring rows.
    func adding(mark: Unicode.Scalar) -> Glyph {
        if firstMark == 0 { return Glyph(head: head, firstMark: mark.value) }
        if secondMark != 0 { return self }
        return Glyph(head: head, firstMark: firstMark, secondMark: mark.value)
    }

    private static func mark(_ value: UInt32) -> Unicode.Scalar? {
        value == 0 ? nil : Unicode.Scalar(value)
    }
}
