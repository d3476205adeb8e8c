import Events

/// The simulated shop: what its visitors do and how it was answered, 1,500 to 3,000 events a
/// second.
///
/// An event arrives 5 ms after it was stored. Of the events 1 % arrive up to 2 s later than that,
/// so none is more than 3 s behind a newer one; 0.4 % come twice, 0.05 % damaged.
struct ShopStory: DemoStory {
    private static let transport: Int64 = 5_000_000
    private static let mishaps = Mishaps(
        damaged: 0.0005, delays: [.init(share: 0.01, range: 0.1..<2)], twice: 0.004)
    private static let devices = ["mobile", "mobile", "mobile", "desktop", "desktop", "tablet"]

    private let conditions: ShopConditions
    private var random: SeededGenerator
    private var meter = EventMeter()
    private var number: UInt64 = 0

    init(seed: UInt64) {
        conditions = ShopConditions(seed: seed)
        random = SeededGenerator(seed: seed)
    }

    mutating func tell(_ step: StoryStep, into lines: inout LinesUnderway) {
        let time = step.seconds
        let day = conditions.day(at: time)
        let rates = conditions.rates(at: time, day)
        let outage = day.outage(at: time)
        let count = meter.count(at: rates.reduce(0, +))
        for i in 0..<count {
            let arrival = step.time(of: i, of: count)
            let type = ShopType.allCases[random.index(by: rates)]
            let burst = type == .signup ? day.signupBurst(at: time) : 0
            let event = event(type, outage, burst, day, arriving: arrival)
            lines.send(event.line, at: arrival, Self.mishaps, &random)
        }
    }

    private mutating func event(
        _ type: ShopType, _ outage: Double, _ burst: Double, _ day: ShopDay, arriving: Int64
    ) -> ShopEvent {
        let way = ShopWay(outage: outage, isPayment: type == .payment, &random)
        let comesInBurst = burst > 0 && random.unit() < 0.8
        let country = ShopCountry.all[comesInBurst ? day.burstCountry : someCountry()]
        let created = arriving - Self.transport - Int64(way.total * 1e6)
        number += 1
        return ShopEvent(
            created: floorDiv(created, 1_000_000), number: number, type: type,
            user: type == .signup ? 20_000 + Int(number) : someUser(), path: path(of: type),
            country: country, device: Self.devices[random.below(Self.devices.count)],
            amount: type == .payment ? amount(in: country) : nil,
            answer: .to(type, outage: outage, burst: burst, &random), way: way)
    }

    /// The first countries have more visitors than the last ones.
    private mutating func someCountry() -> Int { favourite(of: ShopCountry.all.count) }

    private mutating func someUser() -> Int { 1 + favourite(of: 20_000) }

    /// Small numbers more often than large ones.
    private mutating func favourite(of count: Int) -> Int {
        let chance = random.unit()
        return min(Int(chance * chance * Double(count)), count - 1)
    }

    private mutating func path(of type: ShopType) -> String {
        switch type {
        case .pageView: random.unit() < 0.3 ? "/" : "/product/\(1 + favourite(of: 400))"
        case .search: "/search"
        case .addToCart: "/cart"
        case .login: "/login"
        case .payment: "/checkout"
        case .signup: "/signup"
        }
    }

    /// Mostly 10 to 50 euros, now and then some hundreds.
    private mutating func amount(in country: ShopCountry) -> Double {
        min(8 / (1 - random.unit()), 900) * country.rate
    }
}
