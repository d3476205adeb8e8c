/// Buckets of positive numbers, each of which has one value that is within 1 % of all in it.
///
/// A bucket is a step of a function that is nearly a logarithm: the exponent of the number and a
/// cubic polynomial of its significand. It needs 1 % more buckets than the logarithm and neither a
/// call nor a library that may round differently elsewhere, so a number has the same bucket on
/// every machine. Source: the cubically interpolated mapping of Masson, Rim, Lee, "DDSketch" (VLDB
/// 2019) and of the library of its authors.
enum BucketScale {
    private static let (a, b, c) = (6.0 / 35, -3.0 / 5, 10.0 / 7)
    /// Buckets for each factor of two: so many that the function nowhere rises more slowly than the
    /// logarithm to base 1.01/0.99 does. Its slope over the logarithm's is least where s = 0.
    private static let perOctave = 0.7 / naturalLogarithm
    /// ln(1.01/0.99).
    private static let naturalLogarithm = 0.020_000_666_706_669_435

    /// `x` is finite and greater than 0.
    @inline(__always)
    static func bucket(of x: Double) -> Int {
        var (bits, bias) = (x.bitPattern, Int64(1023))
        // Below the least normal number there is no leading one to take off.
        if bits < 1 << 52 { (bits, bias) = ((x * 0x1p52).bitPattern, 1023 + 52) }
        let exponent = Double(Int64(bits >> 52) - bias)
        let s = Double(bitPattern: bits & (1 << 52 - 1) | 1023 << 52) - 1
        let place = (((a * s + b) * s + c) * s + exponent) * perOctave
        // Rounded up, without a call: not every processor has an instruction for it.
        let whole = Int(place)
        return place > Double(whole) ? whole + 1 : whole
    }

    /// The value that is nowhere further than 1 % from those of the bucket, in proportion.
    static func value(of bucket: Int) -> Double {
        let (low, high) = (end(of: bucket - 1), end(of: bucket))
        return 2 * low * (high / (low + high))
    }

    /// The highest value of a bucket.
    private static func end(of bucket: Int) -> Double {
        let place = Double(bucket) / perOctave
        let exponent = place.rounded(.down)
        let rest = place - exponent
        // The polynomial is nearly a line, so Newton's steps double the digits from the first.
        var s = rest
        for _ in 0..<5 {
            let slope = (3 * a * s + 2 * b) * s + c
            s -= (((a * s + b) * s + c) * s - rest) / slope
        }
        return Double(sign: .plus, exponent: Int(exponent), significand: 1 + s)
    }
}
