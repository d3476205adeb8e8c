/// A length of time in nanoseconds, negative where something ran backwards.
package struct Nanoseconds: RawRepresentable, Hashable, Comparable, Sendable {
    package var rawValue: Int64

    @inlinable package init(rawValue: Int64) { self.rawValue = rawValue }

    package static let zero = Nanoseconds(rawValue: 0)

    @inlinable package static func milliseconds(_ n: Int64) -> Nanoseconds {
        Nanoseconds(rawValue: n * 1_000_000)
    }

    @inlinable package static func seconds(_ n: Int64) -> Nanoseconds {
        Nanoseconds(rawValue: n * 1_000_000_000)
    }

    @inlinable package var inSeconds: Double { Double(rawValue) / 1e9 }

    @inlinable package static func < (a: Nanoseconds, b: Nanoseconds) -> Bool {
        a.rawValue < b.rawValue
    }

    @inlinable package static func + (a: Nanoseconds, b: Nanoseconds) -> Nanoseconds {
        let (sum, overflow) = a.rawValue.addingReportingOverflow(b.rawValue)
        return Nanoseconds(rawValue: overflow ? (b.rawValue < 0 ? .min : .max) : sum)
    }
}
