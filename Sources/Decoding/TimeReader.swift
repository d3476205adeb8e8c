import CSimdjson
import Events

/// What a record's time field says.
enum TimeReading: Equatable {
    /// Nanoseconds, as in `Timestamp`.
    case time(Int64)
    case refused(DeadLetter.Reason)
}

/// Reads event times: epoch numbers, and dates as text.
///
/// The unit of epoch numbers is the one given, or else that of the first number that falls in the
/// years 1990 to 2099 under one unit; what comes before it can't be read. No value falls there
/// under two, since each unit is a thousand times the next.
struct TimeReader {
    private(set) var unit: TimeFormat.Unit?
    /// Local time less UTC, for times that don't say theirs.
    private let offset: Int64

    init(format: TimeFormat) {
        unit = format.unit
        offset = format.offset.rawValue
    }

    @inline(__always)
    mutating func read(_ cell: JSONCell) -> TimeReading {
        if cell.kind == .number, cell.isInteger != 0, let unit {
            let (time, overflow) = cell.integer.multipliedReportingOverflow(by: unit.nanoseconds)
            return overflow ? .refused(.timeRange) : .time(time)
        }
        return readText(of: cell)
    }

    private mutating func readText(of cell: JSONCell) -> TimeReading {
        let text = UnsafeRawBufferPointer(start: cell.text, count: Int(cell.length))
        switch cell.kind {
        case .null: return .refused(.noTime)
        case .bool, .compound: return .refused(.badTime)
        // A number too large for a double still has its text.
        case .missing: return text.isEmpty ? .refused(.noTime) : readEpoch(text)
        case .number: return readEpoch(text)
        case .string: return readDate(text) ?? readEpoch(text)
        }
    }

    private mutating func readEpoch(_ text: UnsafeRawBufferPointer) -> TimeReading {
        guard let number = DecimalText(text) else { return .refused(.badTime) }
        if unit == nil { unit = TimeFormat.Unit.allCases.first { $0.isPlausible(number) } }
        guard let unit else { return .refused(.badTime) }
        return number.scaled(by: unit.power).map { .time($0) } ?? .refused(.timeRange)
    }

    /// Nil if it doesn't look like a date.
    private func readDate(_ text: UnsafeRawBufferPointer) -> TimeReading? {
        guard let date = CalendarText(text) else { return nil }
        // The years 0 to 9999 are more than 64 bits of nanoseconds.
        let local = Int128(date.seconds) * 1_000_000_000 + Int128(date.nanoseconds)
        let utc = date.isUTC ? local : local - Int128(offset)
        return Int64(exactly: utc).map { .time($0) } ?? .refused(.timeRange)
    }
}

extension TimeFormat.Unit {
    /// 1990-01-01 and 2100-01-01, in nanoseconds.
    private static let plausible =
        631_152_000_000_000_000..<4_102_444_800_000_000_000 as Range<Int64>

    /// The power of ten that makes nanoseconds of it.
    fileprivate var power: Int {
        switch self {
        case .s: 9
        case .ms: 6
        case .us: 3
        case .ns: 0
        }
    }

    @inline(__always)
    fileprivate var nanoseconds: Int64 {
        switch self {
        case .s: 1_000_000_000
        case .ms: 1_000_000
        case .us: 1000
        case .ns: 1
        }
    }

    fileprivate func isPlausible(_ number: DecimalText) -> Bool {
        number.scaled(by: power).map(Self.plausible.contains) ?? false
    }
}
