import Events

/// The simulated plant: machines at five sites send readings, through a collector that is not
/// always well.
///
/// An event arrives 500 ms after it was created, longer than any latency in it, because the
/// collector sends it on then. Of the events 2 % arrive up to 4 s later than that and out of order,
/// 0.05 % 6 to 30 s later, 0.3 % twice, and 0.05 % damaged.
struct PlantStory: DemoStory {
    private static let transport: Int64 = 500_000_000
    private static let longestLatency = 450.0
    private static let mishaps = Mishaps(
        damaged: 0.0005,
        delays: [.init(share: 0.0005, range: 6..<30), .init(share: 0.02, range: 0.1..<4)],
        twice: 0.003)

    private let conditions: PlantConditions
    private var random: SeededGenerator
    private var meter = EventMeter()
    private var number: UInt64 = 0

    init(seed: UInt64) {
        conditions = PlantConditions(seed: seed)
        random = SeededGenerator(seed: seed)
    }

    /// The events of a step, evenly spread, each at a site by its share of the rate.
    mutating func tell(_ step: StoryStep, into lines: inout LinesUnderway) {
        let time = step.seconds
        let rates = PlantSite.all.indices.map { conditions.rate(of: $0, at: time) }
        let count = meter.count(at: rates.reduce(0, +))
        for i in 0..<count {
            let arrival = step.time(of: i, of: count)
            let site = random.index(by: rates)
            let event = event(at: site, time, arriving: arrival)
            lines.send(event.line, at: arrival, Self.mishaps, &random)
        }
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
}
