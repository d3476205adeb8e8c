import Events
import TestSeeds

/// The events of several partitions, each in the order in which it has them, and the orders in
/// which they may come from all of them.
struct StreamDraw {
    let origins: [Origin]
    /// Of each partition; offsets ascend in an incarnation.
    private var parts: [[FieldEvent]]

    /// `delay`: how much later than in the order of event time an event comes at most, in
    /// nanoseconds; what is more is late. `fields`: of an event at this time.
    init(
        count: Int, delay: Int64, times: [Int64], _ random: inout SplitMix,
        fields: (Int64, inout SplitMix) -> [String: Scalar]
    ) {
        let choices: [[(String, Int)]] = [
            [("a", 0)], [("a", 0), ("a", 1)], [("b", 0), ("a", 0)],
            [("ö", 0), ("z", 10), ("z", 9), ("Z", 2)],
        ]
        let names = random.pick(choices)
        origins = names.map { Origin(source: $0.0, partition: $0.1) }
        parts = origins.map { _ in [] }
        for i in 0..<count {
            let place = i < parts.count ? i : random.number(0..<parts.count)
            parts[place].append(
                FieldEvent(
                    time: times[i], fields: fields(times[i], &random), origin: origins[place]))
        }
        for i in parts.indices { arrange(i, delay, &random) }
    }

    /// In the order of arrival, at times in a second incarnation from some event on.
    private mutating func arrange(_ i: Int, _ delay: Int64, _ random: inout SplitMix) {
        let late = parts[i].map { $0.time + Int64.random(in: 0...delay, using: &random) }
        parts[i] = parts[i].indices.sorted { (late[$0], $0) < (late[$1], $1) }
            .map { parts[i][$0] }
        let turn = random.number(0..<2 * parts[i].count + 1)
        var offset: Int64 = 0
        for place in parts[i].indices {
            if place == turn { offset = 0 }
            parts[i][place].origin.incarnation = place < turn ? 0 : 1
            parts[i][place].offset = offset
            offset += random.once(in: 10) ? 3 : 1
        }
    }

    /// One of the orders; each partition keeps its own.
    func arrivals(_ random: inout SplitMix) -> [FieldEvent] {
        var rest = parts.map { $0[...] }
        var result: [FieldEvent] = []
        while true {
            let open = rest.indices.filter { !rest[$0].isEmpty }
            guard !open.isEmpty else { return result }
            let place = random.pick(open)
            let burst = random.number(1..<9)
            result += rest[place].prefix(burst)
            rest[place] = rest[place].dropFirst(burst)
        }
    }
}
