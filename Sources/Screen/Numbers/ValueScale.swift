/// Where values lie between the ends of an axis.
package struct ValueScale: Hashable, Sendable {
    package let low: Double
    package let high: Double
    /// By powers of ten: then both ends are above 0.
    package let isLog: Bool

    /// A logarithmic scale that would begin at or below 0 begins six powers of ten below its end.
    package init(low: Double, high: Double, isLog: Bool = false) {
        guard isLog else {
            (self.low, self.high, self.isLog) = (low, max(low, high), false)
            return
        }
        self.high = high > 0 ? high : 1
        self.low = min(low > 0 ? low : self.high / 1e6, self.high)
        self.isLog = true
    }

    /// From 0 to 1; outside is held at the ends, nil is a gap. On a scale without extent what is
    /// above its low end is 1.
    package func share(of value: Double?) -> Double? {
        guard let value, !value.isNaN else { return nil }
        let share = isLog ? logShare(of: value) : (value - low) / (high - low)
        return share.isFinite ? min(1, max(0, share)) : value > low ? 1 : 0
    }

    private func logShare(of value: Double) -> Double {
        value > 0 ? Self.log10(value / low) / Self.log10(high / low) : 0
    }

    /// With ends at round numbers around these, so that it stays while values move within them.
    package var rounded: ValueScale {
        if isLog {
            return ValueScale(
                low: Self.power(Self.log10(low).rounded(.down)),
                high: Self.power(Self.log10(high).rounded(.up)), isLog: true)
        }
        guard high > low else { return self }
        let step = Self.step(over: high - low, parts: 4)
        return ValueScale(
            low: (low / step).rounded(.down) * step, high: (high / step).rounded(.up) * step)
    }

    /// Round values within the scale, ascending; about `count` of them, at most twice as many.
    package func ticks(_ count: Int) -> [Double] {
        guard count > 0, high > low else { return [low] }
        if isLog { return logTicks(count) }
        let step = Self.step(over: high - low, parts: count)
        let first = (low / step).rounded(.up)
        return (0...2 * count).map { (first + Double($0)) * step }.filter {
            $0 <= high + step / 1e6
        }
    }

    private func logTicks(_ count: Int) -> [Double] {
        let first = Int(Self.log10(low).rounded(.up))
        let last = Int(Self.log10(high).rounded(.down))
        guard first <= last else { return [low, high] }
        let stride = max(1, (last - first + count) / count)
        return Swift.stride(from: first, through: last, by: stride).map { Self.power(Double($0)) }
    }

    /// The smallest of 1, 2, 2.5 or 5 times a power of ten that divides a length into so many parts
    /// at most.
    private static func step(over length: Double, parts: Int) -> Double {
        let least = length / Double(parts)
        let power = power(log10(least).rounded(.down))
        return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= least * 0.999_999 } ?? power * 10
    }

    /// Ends of axes are shown to three digits, so that a last bit makes no difference.
    private static func log10(_ x: Double) -> Double {
        #if canImport(Glibc)
            Glibc.log10(x)
        #else
            Musl.log10(x)
        #endif
    }

    private static func power(_ exponent: Double) -> Double {
        #if canImport(Glibc)
            Glibc.pow(10, exponent)
        #else
            Musl.pow(10, exponent)
        #endif
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
