/// The curves that stories are made of, of operations which IEEE 754 rounds exactly.
enum StoryShape {
    /// A wave of period 1 between −1 and 1, of parabolas, for a sine is not the same everywhere.
    static func wave(_ turns: Double) -> Double {
        let x = 2 * phase(of: turns, in: 1) - 1
        return -4 * x * (1 - abs(x))
    }

    /// Seconds since the current period began.
    static func phase(of time: Double, in period: Double) -> Double {
        time - (time / period).rounded(.down) * period
    }

    /// From 0 to 1 between `range`'s bounds, and flat on both sides.
    static func ramp(_ time: Double, over range: Range<Double>) -> Double {
        min(max((time - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
    }

    /// From 0 up to 1 and down again.
    static func hill(_ time: Double, up: Range<Double>, down: Range<Double>) -> Double {
        ramp(time, over: up) - ramp(time, over: down)
    }

    /// When the current period began, and the chance that shapes what happens in it. `kind` keeps
    /// one thing's chance apart from another's.
    static func episode(
        every period: Double, at time: Double, kind: UInt64, seed: UInt64
    ) -> (random: SeededGenerator, start: Double) {
        let number = (time / period).rounded(.down)
        var mixed = SeededGenerator(seed: seed ^ kind << 56 ^ UInt64(max(0, number)))
        return (SeededGenerator(seed: mixed.next()), number * period)
    }
}
