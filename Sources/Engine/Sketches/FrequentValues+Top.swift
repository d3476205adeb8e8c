import Events

extension FrequentValues {
    /// At most `n`, by count descending, then by value ascending. One pass, with a look at a value
    /// only where counts are equal.
    package func top(_ n: Int) -> [(value: Scalar, count: UInt64)] {
        guard n > 0 else { return [] }
        var best: [Int] = []
        for i in counts.indices where best.count < n || precedes(i, best[n - 1]) {
            if best.count == n { best.removeLast() }
            best.insert(i, at: place(of: i, in: best))
        }
        return best.map { (values[$0], counts[$0]) }
    }

    /// Everything it holds, in bytes; a text of more than 15 bytes has memory of its own.
    package var byteCount: Int {
        let texts = values.reduce(0) { sum, value in
            guard case .string(let text) = value, text.utf8.count > 15 else { return sum }
            return sum + 32 + text.utf8.count
        }
        let each = 16 + MemoryLayout<Scalar>.stride
        return MemoryLayout<Self>.size + texts + room * each + 4 * slots.count
    }

    private func place(of i: Int, in best: [Int]) -> Int {
        var (low, high) = (0, best.count)
        while low < high {
            let middle = (low + high) / 2
            if precedes(best[middle], i) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func precedes(_ i: Int, _ j: Int) -> Bool {
        if counts[i] != counts[j] { return counts[i] > counts[j] }
        if values[i] < values[j] { return true }
        return values[j] < values[i] ? false : prints[i] < prints[j]
    }
}
