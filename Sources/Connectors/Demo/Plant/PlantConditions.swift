/// What happens at the plant: rates, heat, wear and bad moments, as functions of the story's time
/// in seconds. Nothing depends on what was asked before.
struct PlantConditions: Sendable {
    private static let burstFactor = 5.0

    private let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    /// Events per second at a site.
    func rate(of site: Int, at time: Double) -> Double {
        guard !isSilent(site, at: time) else { return 0 }
        let quiet = PlantSite.all[site]
        let tide = 1 + 0.3 * StoryShape.wave(time / quiet.period + 0.2 * Double(site))
        return quiet.rate * tide * (isBursting(site, at: time) ? Self.burstFactor : 1)
    }

    /// Every 20 s one site sends five times as much for 2 to 3 s.
    func isBursting(_ site: Int, at time: Double) -> Bool {
        var (random, start) = StoryShape.episode(every: 20, at: time, kind: 1, seed: seed)
        start += random.within(4..<14)
        let end = start + random.within(2..<3)
        return start <= time && time < end && random.below(PlantSite.all.count) == site
    }

    /// Every minute one site sends nothing for 14 s; never the hot one.
    func isSilent(_ site: Int, at time: Double) -> Bool {
        var (random, start) = StoryShape.episode(every: 60, at: time, kind: 2, seed: seed)
        start += random.within(20..<30)
        return start <= time && time < start + 14 && [1, 2, 4][random.below(3)] == site
    }

    /// Degrees at a machine, before noise. Once in 150 s a heat wave takes three sites from below
    /// 70 to about 92, from 20 s to 40 s after the beginning, and back from 80 s on.
    func temperature(of machine: Int, at time: Double) -> Double {
        let site = machine % PlantSite.all.count
        let own = Double(machine * 37 % 11 - 5) * 0.4
        let phase = StoryShape.phase(of: time, in: 150)
        let wave = StoryShape.hill(phase, up: 20..<40, down: 80..<95)
        return PlantSite.all[site].temperature + own + PlantSite.all[site].heat * wave
    }

    /// mm/s at a machine, before noise. The worn bearing gets worse for a minute, and is changed
    /// 95 s into every two minutes.
    func vibration(of machine: Int, at time: Double) -> Double {
        let own = 1.6 + Double(machine * 29 % 7) * 0.15
        let phase = StoryShape.phase(of: time, in: 120)
        guard machine == PlantMachine.worn, phase < 95 else { return own }
        return own + 8 * StoryShape.ramp(phase, over: 20..<80)
    }
}
