import Events

/// The simulated plant: a stream of bytes that is a function of its seed and its start.
///
/// However the time is sliced, the same bytes come out: the story goes by steps of 10 ms, chance is
/// drawn by step and event, and lines leave in order of their arrival. An event arrives 500 ms
/// after it was created, longer than any latency in it, because a collector sends it on then. Of
/// the events 2 % arrive up to 4 s later than that and out of order, 0.05 % 6 to 30 s later, 0.3 %
/// twice, and 0.05 % damaged.
package struct PlantStory: Sendable {
    private static let step: Int64 = 10_000_000
    private static let transport: Int64 = 500_000_000
    private static let longestLatency = 450.0

    /// A line with its newline, and when it arrives.
    private struct Arrival {
        var time: Int64
        var line: [UInt8]
    }

    private let start: Int64
    private let conditions: PlantConditions
    private var random: SeededGenerator
    private var stepsDone: Int64 = 0
    /// The part of an event that the last step had left over.
    private var owed = 0.0
    private var number: UInt64 = 0
    /// Lines of the last step, in order, and how many have left.
    private var fresh: [Arrival] = []
    private var left = 0
    /// Delayed lines, the latest first.
    private var held: [Arrival] = []

    /// The first line arrives after `start`.
    package init(seed: UInt64, start: Timestamp) {
        self.start = start.rawValue
        conditions = PlantConditions(seed: seed)
        random = SeededGenerator(seed: seed)
    }

    /// All lines that arrive up to `until`, and did not leave before; none of them is cut.
    package mutating func next(until: Timestamp) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            while left < fresh.count, fresh[left].time <= until.rawValue {
                releaseHeld(through: fresh[left].time, into: &bytes)
                bytes.append(contentsOf: fresh[left].line)
                left += 1
            }
            guard left == fresh.count, stepStart < until.rawValue else { break }
            tell()
        }
        releaseHeld(through: until.rawValue, into: &bytes)
        return bytes
    }

    private var stepStart: Int64 { start + stepsDone * Self.step }

    private mutating func releaseHeld(through time: Int64, into bytes: inout [UInt8]) {
        while let last = held.last, last.time <= time {
            bytes.append(contentsOf: last.line)
            held.removeLast()
        }
    }

    /// The events of the next step, evenly spread, each at a site by its share of the rate.
    private mutating func tell() {
        let time = Double(stepsDone) * Double(Self.step) / 1e9
        let rates = PlantSite.all.indices.map { conditions.rate(of: $0, at: time) }
        owed += rates.reduce(0, +) * Double(Self.step) / 1e9
        let count = Int64(owed)
        owed -= Double(count)
        fresh.removeAll(keepingCapacity: true)
        left = 0
        for i in 0..<count {
            let arrival = stepStart + Self.step * (i + 1) / count
            send(event(at: site(by: rates), time, arriving: arrival), at: arrival)
        }
        stepsDone += 1
    }

    private mutating func site(by rates: [Double]) -> Int {
        var chance = random.unit() * rates.reduce(0, +)
        for (site, rate) in rates.enumerated() where rate > 0 {
            chance -= rate
            if chance < 0 { return site }
        }
        return rates.lastIndex { $0 > 0 } ?? 0
    }

    private mutating func event(at site: Int, _ time: Double, arriving: Int64) -> PlantEvent {
        let machine = site + PlantSite.all.count * random.below(PlantMachine.perSite)
        let temperature = conditions.temperature(of: machine, at: time) + 0.8 * random.noise()
        let vibration = conditions.vibration(of: machine, at: time) + 0.3 * abs(random.noise())
        let crowd = conditions.isBursting(site, at: time) ? 3.0 : 1.0
        // A Pareto tail: the 99th percentile is seven times the median.
        let latency = PlantSite.all[site].latency * crowd / (1 - random.unit()).squareRoot()
        number += 1
        return PlantEvent(
            created: floorDiv(arriving - Self.transport, 1_000_000), number: number,
            machine: machine, type: random.unit() < 0.05 ? "status" : "reading",
            temperature: temperature, vibration: vibration,
            latency: min(latency, Self.longestLatency), status: status(temperature, vibration))
    }

    private mutating func status(_ temperature: Double, _ vibration: Double) -> String {
        let failing = 0.004 + (temperature > 80 ? 0.06 : 0) + (vibration > 6 ? 0.15 : 0)
        if random.unit() < failing { return "fail" }
        return temperature > 75 || vibration > 4.5 || random.unit() < 0.01 ? "warn" : "ok"
    }

    /// Puts the event's line on its way, with what may befall it there.
    private mutating func send(_ event: PlantEvent, at time: Int64) {
        var line = event.line
        let fate = random.unit()
        if fate < 0.0005 { damage(&line) }
        line.append(UInt8(ascii: "\n"))
        switch fate {
        case 0.0005..<0.001: hold(line, until: time, plus: 6..<30)
        case 0.001..<0.021: hold(line, until: time, plus: 0.1..<4)
        default: fresh.append(Arrival(time: time, line: line))
        }
        if fate > 0.997 { hold(line, until: time, plus: 0.05..<2) }
    }

    /// `seconds` later than `time`. Among equals the first one held leaves first.
    private mutating func hold(
        _ line: [UInt8], until time: Int64, plus seconds: Range<Double>
    ) {
        let due = time + Int64(random.within(seconds) * 1e9)
        var (low, high) = (0, held.count)
        while low < high {
            let middle = (low + high) / 2
            if held[middle].time > due { low = middle + 1 } else { high = middle }
        }
        held.insert(Arrival(time: due, line: line), at: low)
    }

    /// Cut short, or with an escape sequence and bytes that are no text in front of it.
    private mutating func damage(_ line: inout [UInt8]) {
        guard random.unit() < 0.5 else {
            line.removeLast(1 + random.below(line.count - 1))
            return
        }
        let garbage = (0..<12).map { _ in UInt8(0x80 + random.below(0x40)) }
        line.insert(contentsOf: Array("\u{1B}[2J".utf8) + garbage, at: 0)
    }
}
