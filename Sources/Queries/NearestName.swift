/// The one of `names` that was probably meant by `name`; nil when nothing is near.
///
/// Near is an edit distance of at most a third of the longer one's length, and at least 1, but not
/// a different name altogether. The first of several that are equally near. Upper and lower case
/// count as the same. Names longer than 64 characters are near to nothing.
package func nearestName(to name: String, in names: [String]) -> String? {
    let wanted = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for candidate in names {
        let letters = Array(candidate.lowercased())
        let longer = max(wanted.count, letters.count)
        guard longer <= 64 else { continue }
        let distance = editDistance(wanted, letters)
        guard distance <= max(1, longer / 3), distance < longer else { continue }
        if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
}

/// How many insertions, deletions, replacements and swaps of neighbours lead from one to the
/// other, where no piece is changed twice (optimal string alignment: Damerau 1964, restricted).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                cost = min(cost, beforeLast[j - 1] + 1)
            }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
