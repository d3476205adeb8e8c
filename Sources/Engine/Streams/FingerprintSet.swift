/// A set of 64-bit fingerprints, which are as good as random: their top bits say where to look.
///
/// Open addressing in one array, at most half full, so that looking takes one or two steps. Eight
/// bytes for each place; it grows by doubling and doesn't shrink.
struct FingerprintSet {
    /// 0: the place is free. The fingerprint 0 is kept as 1, which makes one of it and 1.
    private var places = [UInt64](repeating: 0, count: 256)
    private var shift = UInt64(64 - 8)
    private(set) var count = 0

    /// False if it was there before.
    mutating func insert(_ print: UInt64) -> Bool {
        let print = max(print, 1)
        var place = home(print)
        while places[place] != 0 {
            if places[place] == print { return false }
            place = next(place)
        }
        places[place] = print
        count += 1
        if count * 2 > places.count { grow() }
        return true
    }

    /// Moves what stood behind it forward, so that no gap cuts it off (Knuth, "The Art of Computer
    /// Programming", volume 3, algorithm 6.4 R).
    mutating func remove(_ print: UInt64) {
        let print = max(print, 1)
        var gap = home(print)
        while places[gap] != print {
            if places[gap] == 0 { return }
            gap = next(gap)
        }
        count -= 1
        var place = next(gap)
        while places[place] != 0 {
            let home = home(places[place])
            // Whether its home lies beyond the gap, on the way to where it stands.
            let stays = gap <= place ? gap < home && home <= place : gap < home || home <= place
            if !stays {
                places[gap] = places[place]
                gap = place
            }
            place = next(place)
        }
        places[gap] = 0
    }

    @inline(__always)
    private func home(_ print: UInt64) -> Int { Int(truncatingIfNeeded: print >> shift) }

    @inline(__always)
    private func next(_ place: Int) -> Int { (place + 1) & (places.count - 1) }

    private mutating func grow() {
        let old = places
        places = [UInt64](repeating: 0, count: old.count * 2)
        shift -= 1
        for print in old where print != 0 {
            var place = home(print)
            while places[place] != 0 { place = next(place) }
            places[place] = print
        }
    }
}
