/// One of the fleet's 200 devices, as it always is. In each of the eight regions there are five
/// ships, ten trucks, five farms and five depots.
struct FleetDevice: Sendable {
    enum Kind: String, Sendable {
        case ship, truck, farm, depot
    }

    static let count = 200
    static let regions = [
        "adriatic", "aegean", "alps", "baltic", "benelux", "iberia", "midlands", "nordic",
    ]
    /// The device whose clock is always behind, and by how many milliseconds.
    static let slow = 42
    static let slowness: Int64 = 6_000
    /// The device whose clock jumps ahead now and then, and by how many milliseconds.
    static let jumping = 137
    static let jump: Int64 = 3 * 3_600_000

    static let all = (0..<count).map(FleetDevice.init)

    let index: Int
    let name: String
    let region: Int
    let kind: Kind

    private init(index: Int) {
        let digits = String(index + 1)
        self.index = index
        name = "dev-" + String(repeating: "0", count: 3 - digits.count) + digits
        region = index % Self.regions.count
        kind = [.ship, .truck, .truck, .farm, .depot][index / Self.regions.count % 5]
    }

    /// A number below `bound` that is the device's own: its phase, its latency, its place in a
    /// rollout.
    func own(_ bound: Int) -> Int { index * 7_919 % bound }
}
