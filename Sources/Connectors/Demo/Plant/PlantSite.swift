/// A site of the plant, as it is on a quiet day.
struct PlantSite: Sendable {
    var name: String
    /// Events per second.
    var rate: Double
    /// Degrees.
    var temperature: Double
    /// By how many degrees a heat wave makes it warmer; 0 where it stays cool.
    var heat: Double
    /// The least latency from machine to store, in milliseconds.
    var latency: Double
    /// Seconds in which the rate goes up and down once.
    var period: Double

    static let all = [
        PlantSite(name: "berlin", rate: 800, temperature: 61, heat: 0, latency: 9, period: 53),
        PlantSite(name: "austin", rate: 650, temperature: 64, heat: 28, latency: 14, period: 71),
        PlantSite(name: "osaka", rate: 500, temperature: 58, heat: 0, latency: 22, period: 44),
        PlantSite(name: "lyon", rate: 400, temperature: 60, heat: 33, latency: 11, period: 61),
        PlantSite(name: "pune", rate: 250, temperature: 66, heat: 25, latency: 30, period: 89),
    ]

    /// The one that overheats most.
    static let hot = 3
}

/// The machines: number i stands at site i mod 5.
enum PlantMachine {
    static let count = 120
    static let perSite = count / PlantSite.all.count
    /// `press-017`, at austin, whose bearing wears out.
    static let worn = 16

    static let names: [String] = (0..<count).map { i in
        let kind = ["press", "mill", "oven", "robot"][i % 4]
        let digits = String(i + 1)
        return "\(kind)-" + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
