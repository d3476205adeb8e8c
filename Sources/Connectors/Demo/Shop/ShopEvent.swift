/// One event of the shop, written as a line of JSON.
struct ShopEvent: Sendable {
    static let hosts = (1...8).map { "worker-\($0)" }
    /// The host whose clock is behind, and by how many milliseconds: what it processed seems to
    /// have been processed before it reached the broker.
    static let skewed = 5
    static let skew: Int64 = 150

    /// Epoch milliseconds at which it happened.
    var created: Int64
    var number: UInt64
    var type: ShopType
    var user: Int
    var path: String
    var country: ShopCountry
    var device: String
    /// Of a payment, in the country's currency.
    var amount: Double?
    var answer: ShopAnswer
    var way: ShopWay

    /// Without the newline.
    var line: [UInt8] {
        var line = JSONLine()
        line.open()
        line.field("ts", created)
        line.field("id", "shop-\(number)")
        line.field("type", type.rawValue)
        line.field("user", "u\(user)")
        line.field("path", path)
        line.field("country", country.name)
        line.field("region", country.region)
        line.field("device", device)
        if let amount {
            line.field("amount", amount)
            line.field("currency", country.currency)
        }
        line.field("status", answer.status)
        line.field("latency_ms", way.total)
        if let error = answer.error { line.field("error", error) }
        writeStages(into: &line)
        line.close()
        return line.bytes
    }

    private func writeStages(into line: inout JSONLine) {
        line.field("host", Self.hosts[way.host])
        let broker = created + Int64(way.toBroker.rounded())
        let processed = broker + Int64(way.toProcessed.rounded())
        line.field("created", created)
        line.field("broker", broker)
        line.field("processed", processed - (way.host == Self.skewed ? Self.skew : 0))
        line.field("stored", processed + Int64(way.toStored.rounded()))
    }
}

/// How a request ended, like HTTP.
struct ShopAnswer: Sendable {
    var status: Int64 = 200
    var error: String?

    /// In an `outage` (0 to 1) up to three payments in five fail.
    static func to(
        _ type: ShopType, outage: Double, burst: Double, _ random: inout SeededGenerator
    ) -> ShopAnswer {
        let chance = random.unit()
        switch type {
        case .payment:
            let failing = 0.006 + 0.594 * outage
            if chance < failing { return .gateway(random.unit()) }
            return chance > 0.976 ? ShopAnswer(status: 402, error: "card declined") : ShopAnswer()
        case .login where chance < 0.04: return ShopAnswer(status: 401, error: "wrong password")
        case .signup where chance < 0.1 * burst:
            return ShopAnswer(status: 429, error: "too many signups")
        case .pageView where chance < 0.004: return ShopAnswer(status: 404)
        default: return chance > 0.998 ? ShopAnswer(status: 500, error: "internal") : ShopAnswer()
        }
    }

    private static func gateway(_ chance: Double) -> ShopAnswer {
        if chance < 0.6 { return ShopAnswer(status: 504, error: "payment gateway timed out") }
        if chance < 0.9 { return ShopAnswer(status: 502, error: "payment gateway refused") }
        return ShopAnswer(status: 500, error: "internal")
    }
}

/// The steps of an event from the browser to the store, in milliseconds, and the host that
/// processed it. Their tails are Pareto's: the 99th percentile is seven times the median.
struct ShopWay: Sendable {
    private static let longest = 900.0

    var host: Int
    var toBroker: Double
    /// The slow step, which an outage makes up to eight times slower.
    var toProcessed: Double
    var toStored: Double

    var total: Double { toBroker + toProcessed + toStored }

    init(outage: Double, isPayment: Bool, _ random: inout SeededGenerator) {
        host = random.below(ShopEvent.hosts.count)
        toBroker = min(2 * tail(&random), 40)
        toStored = min(4 * tail(&random), 60)
        let processed = (isPayment ? 24.0 : 13) * (1 + 7 * outage) * tail(&random)
        toProcessed = min(processed, Self.longest - toBroker - toStored)
    }
}

/// At least 1, with a median of 1.4 and a 99th percentile of 10.
private func tail(_ random: inout SeededGenerator) -> Double {
    1 / (1 - random.unit()).squareRoot()
}
