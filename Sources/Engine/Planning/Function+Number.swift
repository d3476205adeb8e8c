import Queries

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension Function {
    /// Whether all it takes and gives are numbers.
    var takesNumbers: Bool {
        switch self {
        case .abs, .sign, .round, .floor, .ceil, .trunc, .sqrt, .exp, .pow, .log, .log2, .log10,
            .clamp, .least, .greatest:
            true
        default: false
        }
    }

    /// Whether it gives one of its arguments.
    var handsOn: Bool { self == .coalesce || self == .choose }

    /// Of one that takes numbers, or of `coalesce` among numbers; NaN is null.
    func number(of x: [Double]) -> Double {
        if self == .coalesce { return x.first { !$0.isNaN } ?? .nan }
        if x.contains(where: \.isNaN) { return .nan }
        let result: Double =
            switch self {
            case .abs: x[0].magnitude
            case .sign: x[0] > 0 ? 1 : x[0] < 0 ? -1 : 0
            case .round: x.count == 1 ? x[0].rounded() : Self.rounded(x[0], places: x[1])
            case .floor: x[0].rounded(.down)
            case .ceil: x[0].rounded(.up)
            case .trunc: x[0].rounded(.towardZero)
            case .sqrt: x[0].squareRoot()
            case .exp: Glibc.exp(x[0])
            case .pow: Glibc.pow(x[0], x[1])
            case .log: x[0] > 0 ? Glibc.log(x[0]) : .nan
            case .log2: x[0] > 0 ? Glibc.log2(x[0]) : .nan
            case .log10: x[0] > 0 ? Glibc.log10(x[0]) : .nan
            case .clamp: x[1] <= x[2] ? min(max(x[0], x[1]), x[2]) : .nan
            case .least: x.min()!
            case .greatest: x.max()!
            default: .nan
            }
        return result.isFinite ? result : .nan
    }

    /// To so many decimal places, a whole number from 0 to 15. A number so large that it has no
    /// such places is itself.
    private static func rounded(_ x: Double, places: Double) -> Double {
        guard places == places.rounded(), 0...15 ~= places else { return .nan }
        let scale = Glibc.pow(10, places)
        let scaled = x * scale
        return scaled.magnitude < 0x1p52 ? scaled.rounded() / scale : x
    }
}
