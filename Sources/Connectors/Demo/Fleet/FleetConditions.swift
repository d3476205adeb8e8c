/// What happens to the fleet, as functions of the story's time in seconds. Nothing depends on what
/// was asked before.
struct FleetConditions: Sendable {
    /// Seconds in which each kind of device loses its connection once, in other regions each time.
    static let period = 150.0
    /// Seconds between two rollouts of a firmware that is withdrawn again.
    static let rolloutPeriod = 180.0

    private let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    /// Ships leave the coast in two regions for 45 to 55 s, trucks of one are 15 to 20 s in a
    /// tunnel, farms of two have no network for 25 to 35 s. Depots are always connected.
    func isOffline(_ device: FleetDevice, at time: Double) -> Bool {
        let regions: Int
        let begin: Range<Double>
        let length: Range<Double>
        switch device.kind {
        case .ship: (regions, begin, length) = (2, 12..<16, 45..<55)
        case .truck: (regions, begin, length) = (1, 50..<54, 15..<20)
        case .farm: (regions, begin, length) = (2, 84..<88, 25..<35)
        case .depot: return false
        }
        var (random, start) = StoryShape.episode(
            every: Self.period, at: time, kind: device.kind.chance, seed: seed)
        start += random.within(begin)
        guard start <= time, time < start + random.within(length) else { return false }
        let count = FleetDevice.regions.count
        return (device.region - random.below(count) + count) % count < regions
    }

    /// Degrees, before noise. In each period one region has a hot spell, up to 16 degrees more,
    /// that begins at 25 s and is over at 80 s.
    func temperature(of device: FleetDevice, at time: Double) -> Double {
        var (random, start) = StoryShape.episode(
            every: Self.period, at: time, kind: 7, seed: seed)
        let isHot = random.below(FleetDevice.regions.count) == device.region
        let spell = StoryShape.hill(time - start, up: 25..<35, down: 65..<80)
        return 17 + Double(device.region) * 0.6 + Double(device.own(9)) * 0.3
            + (isHot ? 16 * spell : 0)
    }

    /// Whether it runs 3.0.0, which a third of the devices get between 60 s and 90 s of each
    /// rollout, and lose again half a minute before the next. They start anew each time.
    func firmware(of device: FleetDevice, at time: Double) -> (isNew: Bool, since: Double) {
        let boot = -3_600.0 * Double(1 + device.own(400))
        guard device.index % 3 == 0 else { return (false, boot) }
        let phase = StoryShape.phase(of: time, in: Self.rolloutPeriod)
        let start = time - phase
        let update = 60 + Double(device.own(30))
        if phase < update { return (false, start == 0 ? boot : start - 30) }
        if phase < 150 { return (true, start + update) }
        return (false, start + 150)
    }

    /// Milliseconds by which its clock is wrong. One is always behind; another is three hours ahead
    /// for 8 s in each period, until it is set.
    func clockError(of device: FleetDevice, at time: Double) -> Int64 {
        switch device.index {
        case FleetDevice.slow: -FleetDevice.slowness
        case FleetDevice.jumping
        where (100..<108).contains(StoryShape.phase(of: time, in: Self.period)):
            FleetDevice.jump
        default: 0
        }
    }
}

extension FleetDevice.Kind {
    /// Keeps its chance apart from another kind's.
    fileprivate var chance: UInt64 {
        switch self {
        case .ship: 4
        case .truck: 5
        case .farm: 6
        case .depot: 0
        }
    }
}
