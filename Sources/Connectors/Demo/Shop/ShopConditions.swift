/// What happens at the shop, as functions of the story's time in seconds. Nothing depends on what
/// was asked before.
struct ShopConditions: Sendable {
    /// Seconds of a day: the tide of visitors, an outage, a burst of signups. Each is a little
    /// different from the last.
    static let dayLength = 180.0

    private let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    func day(at time: Double) -> ShopDay {
        let (random, start) = StoryShape.episode(
            every: Self.dayLength, at: time, kind: 3, seed: seed)
        return ShopDay(start: start, random)
    }

    /// Events of each type a second, in the order of `ShopType.allCases`.
    func rates(at time: Double, _ day: ShopDay) -> [Double] {
        let tide = 2_100 * (1 + 0.28 * StoryShape.wave(time / Self.dayLength))
        return ShopType.allCases.map { type in
            let quiet = tide * type.share
            switch type {
            case .payment: return quiet * (1 - 0.6 * day.outage(at: time))
            case .signup: return quiet + 300 * day.signupBurst(at: time)
            default: return quiet
            }
        }
    }
}

/// A day of the shop: when its bad moments come, as shares from 0 to 1 of how bad it is.
struct ShopDay: Sendable {
    private let outage: Range<Double>
    private let burst: Range<Double>
    /// Where the burst of signups comes from.
    let burstCountry: Int

    /// The outage goes from about 35 s to 75 s of the day, the burst begins at about 90 s.
    init(start: Double, _ random: SeededGenerator) {
        var random = random
        let begin = start + random.within(34..<36)
        outage = begin..<(begin + random.within(38..<42))
        let signups = start + random.within(89..<91)
        burst = signups..<(signups + random.within(11..<13))
        burstCountry = random.below(ShopCountry.all.count)
    }

    /// Payments fail, and everything is processed more slowly. It takes 3 s to come and to go.
    func outage(at time: Double) -> Double {
        StoryShape.hill(
            time, up: outage.lowerBound..<(outage.lowerBound + 3),
            down: outage.upperBound..<(outage.upperBound + 3))
    }

    func signupBurst(at time: Double) -> Double { burst.contains(time) ? 1 : 0 }
}

/// What visitors do.
enum ShopType: String, CaseIterable, Sendable {
    case pageView = "page_view"
    case search
    case addToCart = "add_to_cart"
    case login
    case payment
    case signup

    /// Of all events on a quiet day.
    var share: Double {
        switch self {
        case .pageView: 0.56
        case .search: 0.18
        case .addToCart: 0.10
        case .login: 0.06
        case .payment: 0.07
        case .signup: 0.03
        }
    }
}

/// Where visitors are, and what they pay with.
struct ShopCountry: Sendable {
    var name: String
    var region: String
    var currency: String
    /// Units of its currency for a euro.
    var rate: Double

    static let all = [
        ShopCountry(name: "DE", region: "eu", currency: "EUR", rate: 1),
        ShopCountry(name: "FR", region: "eu", currency: "EUR", rate: 1),
        ShopCountry(name: "GB", region: "eu", currency: "GBP", rate: 0.85),
        ShopCountry(name: "US", region: "us", currency: "USD", rate: 1.1),
        ShopCountry(name: "CA", region: "us", currency: "CAD", rate: 1.5),
        ShopCountry(name: "JP", region: "apac", currency: "JPY", rate: 160),
        ShopCountry(name: "IN", region: "apac", currency: "INR", rate: 92),
        ShopCountry(name: "BR", region: "latam", currency: "BRL", rate: 6),
    ]
}
