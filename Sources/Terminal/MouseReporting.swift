import Screen

/// DECSET 1000 and 1006: buttons and the wheel are reported, as `ESC [ < button ; column ; row`,
/// which has no limit of columns and is never taken for keys. Terminals that have no mouse ignore
/// them.
enum MouseReporting {
    static let begin = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
    static let end = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)

    /// Of a report's `button ; column ; row`; nil for a button's release, and what weir has no use
    /// for. Keys that were held are not looked at.
    static func press(_ parameters: ArraySlice<UInt8>, isRelease: Bool) -> MousePress? {
        let numbers = parameters.split(separator: UInt8(ascii: ";")).map { part in
            part.count < 6 ? Int(String(decoding: part, as: UTF8.self)) : nil
        }
        guard !isRelease, numbers.count == 3, let button = numbers[0], let column = numbers[1],
            let row = numbers[2], column > 0, row > 0
        else { return nil }
        let kind: MousePress.Kind
        switch button & ~heldKeys {
        case 0: kind = .click
        case 64: kind = .wheelUp
        case 65: kind = .wheelDown
        default: return nil
        }
        return MousePress(kind, column: column - 1, row: row - 1)
    }

    /// Shift, Meta and Control.
    private static let heldKeys = 4 | 8 | 16
}

/// Tells a double click by when and where the clicks before came.
struct ClickCounter {
    /// As desktops have it.
    private static let patience: UInt64 = 400_000_000

    private var last: (at: UInt64, press: MousePress)?

    mutating func count(_ press: MousePress, at now: UInt64) -> MousePress {
        guard press.kind == .click else { return press }
        guard let last, last.press == press, now - last.at <= Self.patience else {
            last = (now, press)
            return press
        }
        self.last = nil
        return MousePress(.doubleClick, column: press.column, row: press.row)
    }
}
