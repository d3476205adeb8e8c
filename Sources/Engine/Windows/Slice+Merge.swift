import Events

extension Slice {
    /// Takes what a row of another slice of the same layout holds into the first row of this one.
    /// `origins` as in `EventPlace`.
    mutating func merge(
        _ other: borrowing Slice, row: Int, _ layout: CompiledQuery, _ origins: [Origin]
    ) {
        guard other.count(row) > 0 else { return }
        withWords { to in
            other.withRow(row) { Self.merge($0, into: to, layout, origins) }
        }
        mergeSketches(other, row: row, into: 0)
    }

    /// The same for two rows of this one.
    mutating func merge(
        row: Int, into target: Int, _ layout: CompiledQuery, _ origins: [Origin]
    ) {
        guard count(row) > 0 else { return }
        withWords { words in
            Self.merge(
                words + row * layout.stride, into: words + target * layout.stride, layout, origins)
        }
        mergeSketches(row: row, into: target)
    }

    private static func merge(
        _ from: UnsafePointer<UInt64>, into to: UnsafeMutablePointer<UInt64>,
        _ layout: CompiledQuery, _ origins: [Origin]
    ) {
        mergeCounts(from, to, layout)
        for place in layout.places where from[place.count] > 0 {
            merge(place, from, to, origins)
            to[place.count] += from[place.count]
        }
    }

    private static func mergeCounts(
        _ from: UnsafePointer<UInt64>, _ to: UnsafeMutablePointer<UInt64>, _ layout: CompiledQuery
    ) {
        let last = Int64(bitPattern: from[CompiledQuery.lastTimeWord])
        if to[CompiledQuery.countWord] == 0
            || last > Int64(bitPattern: to[CompiledQuery.lastTimeWord])
        {
            to[CompiledQuery.lastTimeWord] = UInt64(bitPattern: last)
        }
        to[CompiledQuery.countWord] += from[CompiledQuery.countWord]
        for word in layout.tallyWords { to[word] += from[word] }
    }

    private static func merge(
        _ place: MeasurePlace, _ from: UnsafePointer<UInt64>, _ to: UnsafeMutablePointer<UInt64>,
        _ origins: [Origin]
    ) {
        let isFirst = to[place.count] == 0
        if place.sum >= 0 { mergeSum(from + place.sum, to + place.sum) }
        if place.min >= 0 {
            let x = Double(bitPattern: from[place.min])
            to[place.min] = (isFirst ? x : min(x, Double(bitPattern: to[place.min]))).bitPattern
        }
        if place.max >= 0 {
            let x = Double(bitPattern: from[place.max])
            to[place.max] = (isFirst ? x : max(x, Double(bitPattern: to[place.max]))).bitPattern
        }
        if place.squares >= 0 { mergeSum(from + place.squares, to + place.squares) }
        if place.times >= 0 {
            for word in stride(from: place.times, to: place.times + 6, by: 2) {
                mergeSum(from + word, to + word)
            }
        }
        if place.first >= 0 {
            let (here, there) = (EventPlace(to + place.first), EventPlace(from + place.first))
            if isFirst || there.isBefore(here, origins) { copy(from, to, place.first) }
        }
        if place.last >= 0 {
            let (here, there) = (EventPlace(to + place.last), EventPlace(from + place.last))
            if isFirst || here.isBefore(there, origins) { copy(from, to, place.last) }
        }
    }

    private static func mergeSum(
        _ from: UnsafePointer<UInt64>, _ to: UnsafeMutablePointer<UInt64>
    ) {
        var sum = CompensatedSum(to[0], to[1])
        sum.add(CompensatedSum(from[0], from[1]))
        (to[0], to[1]) = sum.words
    }

    /// A place and the value there.
    private static func copy(
        _ from: UnsafePointer<UInt64>, _ to: UnsafeMutablePointer<UInt64>, _ word: Int
    ) {
        for i in word...word + EventPlace.words { to[i] = from[i] }
    }
}
