/// A sum that remembers what rounding took from it: its value is `sum + compensation`, about twice
/// as exact as a number. Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur
/// Summation endlicher Summen" (1974).
struct CompensatedSum {
    var sum: Double
    var compensation: Double

    @inline(__always) init(_ sum: UInt64, _ compensation: UInt64) {
        self.sum = Double(bitPattern: sum)
        self.compensation = Double(bitPattern: compensation)
    }

    init(sum: Double, compensation: Double) {
        self.sum = sum
        self.compensation = compensation
    }

    var value: Double { sum + compensation }
    var words: (UInt64, UInt64) { (sum.bitPattern, compensation.bitPattern) }

    @inline(__always) mutating func add(_ x: Double) {
        let next = sum + x
        compensation += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
        sum = next
    }

    mutating func add(_ other: CompensatedSum) {
        add(other.sum)
        compensation += other.compensation
    }

    /// Adds a product as it is before rounding.
    mutating func add(productOf x: Double, _ y: Double) {
        let product = CompensatedSum(productOf: x, y)
        add(product)
    }

    /// x · y and what rounding took from it.
    private init(productOf x: Double, _ y: Double) {
        let product = x * y
        self.init(sum: product, compensation: (-product).addingProduct(x, y))
    }
}

/// Arithmetic about twice as exact as a number's. Source: T. J. Dekker, "A floating-point technique
/// for extending the available precision" (1971).
extension CompensatedSum {
    static func * (a: CompensatedSum, b: CompensatedSum) -> CompensatedSum {
        let (a, b) = (a.normal, b.normal)
        var product = CompensatedSum(productOf: a.sum, b.sum)
        product.compensation += a.sum * b.compensation + a.compensation * b.sum
        return product.normal
    }

    static func * (a: CompensatedSum, x: Double) -> CompensatedSum {
        a * CompensatedSum(sum: x, compensation: 0)
    }

    static func - (a: CompensatedSum, b: CompensatedSum) -> CompensatedSum {
        var result = a.normal
        let b = b.normal
        result.add(-b.sum)
        result.compensation -= b.compensation
        return result.normal
    }

    /// The same value, its first part being the number nearest to it.
    private var normal: CompensatedSum {
        let sum = value
        return CompensatedSum(sum: sum, compensation: self.sum - sum + compensation)
    }
}
