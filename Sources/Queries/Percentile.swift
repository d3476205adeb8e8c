/// The percentile functions, `p50` and `p99.9`: other names for a quantile.
enum Percentile {
    /// 0.999 of `p99.9`: exactly the number that `0.999` is. nil if `name` is no percentile between
    /// 0 and 100, both excluded.
    static func quantile(named name: String) -> Double? {
        guard let (whole, fraction) = digits(of: name), whole.count <= 2 else { return nil }
        if whole.count == 2, whole.first == "0" { return nil }
        let places = "\(whole.count == 1 ? "0" : "")\(whole)\(fraction)"
        guard let q = Double("0.\(places)"), q > 0, q < 1 else { return nil }
        return q
    }

    /// `p99.9` of 0.999; nil where no percentile is that very number.
    static func name(of q: Double) -> String? {
        let text = q.description
        guard text.hasPrefix("0.") else { return nil }
        var places = text.dropFirst(2)
        while places.count < 2 { places += "0" }
        let whole = places.hasPrefix("0") ? places.dropFirst().prefix(1) : places.prefix(2)
        let fraction = places.dropFirst(2)
        let name = "p\(whole)\(fraction.isEmpty ? "" : ".\(fraction)")"
        return quantile(named: name) == q ? name : nil
    }

    /// How a result is named: `p99_9` of `p99.9`, and of `p99.90`.
    static func columnName(of name: String) -> String {
        guard let (whole, digits) = digits(of: name) else { return name }
        var fraction = digits
        while fraction.last == "0" { fraction.removeLast() }
        return "p\(whole)\(fraction.isEmpty ? "" : "_\(fraction)")"
    }

    /// Whether `name` is meant as a percentile, be it a possible one or not.
    static func isPercentile(_ name: String) -> Bool { digits(of: name) != nil }

    /// `p99.9` where somebody wrote `p999`.
    static func meant(by name: String) -> String? {
        guard let (whole, fraction) = digits(of: name), whole.count > 2, fraction.isEmpty else {
            return nil
        }
        let name = "p\(whole.prefix(2)).\(whole.dropFirst(2))"
        return quantile(named: name) == nil || whole == "100" ? nil : name
    }

    private static func digits(of name: String) -> (whole: Substring, fraction: Substring)? {
        guard name.first == "p" else { return nil }
        let parts = name.dropFirst().split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        let isNumber = "\(parts[0])\(fraction)".utf8.allSatisfy { 0x30...0x39 ~= $0 }
        guard isNumber, !parts[0].isEmpty, parts.count == 1 || !fraction.isEmpty else { return nil }
        return (parts[0], fraction)
    }
}
