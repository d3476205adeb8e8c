/// Divides a length into parts.
package enum Layout {
    /// The same, where beyond `useful` a part has no use for more: what is left of it goes to the
    /// others, and only if none of them has use for it to all. nil: any length is of use.
    package static func split(
        _ length: Int, shares: [Int], minimums: [Int], useful: [Int?]
    ) -> [Int] {
        var isFixed = Array(repeating: false, count: shares.count)
        var result = split(length, shares: shares, minimums: minimums)
        while true {
            let free = shares.indices.filter { !isFixed[$0] }
            let ample = free.filter { index in
                useful[index].map { result[index] > max($0, minimums[index]) } ?? false
            }
            if ample.isEmpty || ample.count == free.count { return result }
            for index in ample {
                isFixed[index] = true
                result[index] = max(useful[index]!, minimums[index])
            }
            let rest = free.filter { !isFixed[$0] }
            let taken = shares.indices.reduce(0) { isFixed[$1] ? $0 + result[$1] : $0 }
            let parts = split(
                length - taken, shares: rest.map { shares[$0] },
                minimums: rest.map { minimums[$0] })
            for (index, part) in zip(rest, parts) { result[index] = part }
        }
    }

    /// One length per share: in proportion to the shares, none below its minimum, and in sum
    /// exactly `length`.
    ///
    /// If the minimums don't fit together, they are the shares instead. Rounding depends on the
    /// arguments alone, so equal input gives equal output.
    package static func split(_ length: Int, shares: [Int], minimums: [Int] = []) -> [Int] {
        guard !shares.isEmpty else { return [] }
        let length = max(0, length)
        let least = shares.indices.map { max(0, $0 < minimums.count ? minimums[$0] : 0) }
        let needed = least.reduce(0, +)
        if needed >= length { return divide(length, needed == 0 ? shares : least) }
        return grow(length, shares: shares.map { max(0, $0) }, least: least)
    }

    /// Parts whose share is below their minimum are set to it, until all others are above theirs.
    private static func grow(_ length: Int, shares: [Int], least: [Int]) -> [Int] {
        var isFixed = Array(repeating: false, count: shares.count)
        while true {
            let free = shares.indices.filter { !isFixed[$0] }
            let fixedSum = shares.indices.reduce(0) { isFixed[$1] ? $0 + least[$1] : $0 }
            let parts = divide(length - fixedSum, free.map { shares[$0] })
            let short = zip(free, parts).filter { $1 < least[$0] }.map { $0.0 }
            if short.isEmpty || short.count == free.count {
                var result = least
                for (index, part) in zip(free, parts) { result[index] = part }
                return result
            }
            for index in short { isFixed[index] = true }
        }
    }

    /// By cumulative rounding down: the sum is exact, and no part is off by one or more.
    private static func divide(_ length: Int, _ shares: [Int]) -> [Int] {
        let positive = shares.map { max(0, $0) }
        let weights = positive.contains { $0 > 0 } ? positive : shares.map { _ in 1 }
        let total = weights.reduce(0, +)
        var sum = 0
        var before = 0
        return weights.map { weight in
            sum += weight
            let edge = length * sum / total
            defer { before = edge }
            return edge - before
        }
    }
}
