import Events
import Testing

@testable import Connectors

@Suite struct PlantStoryTests {
    private static let start = Timestamp(rawValue: 1_764_000_000_000_000_000)

    private func told(_ seconds: Int64, seed: UInt64 = 1) -> [UInt8] {
        var story = DemoStream(.plant, seed: seed, start: Self.start)
        return story.next(until: Self.start + .seconds(seconds))
    }

    /// How often what is said of the story happens, over a minute and a half of it.
    @Test func theSharesAreAsSaid() {
        var late = 0, veryLate = 0, twice = 0, damaged = 0, lines = 0
        var ids: Set<Int64> = []
        var highest: Int64 = 0
        for line in told(90).split(separator: 10, omittingEmptySubsequences: false).dropLast() {
            lines += 1
            guard line.starts(with: #"{"ts":"#.utf8), line.suffix(2).elementsEqual("}}".utf8),
                let time = number(after: 6, in: line), let id = number(after: 32, in: line)
            else {
                damaged += 1
                continue
            }
            guard ids.insert(id).inserted else {
                twice += 1
                continue
            }
            if time < highest { late += 1 }
            if time < highest - 5_000 { veryLate += 1 }
            highest = max(highest, time)
        }
        let all = Double(lines)
        #expect((2_000...5_000).contains(lines / 90))
        #expect((0.015...0.025).contains(Double(late) / all))
        #expect((0.0002...0.001).contains(Double(veryLate) / all))
        #expect((0.002...0.004).contains(Double(twice) / all))
        #expect((0.0002...0.001).contains(Double(damaged) / all))
    }

    private func number(after count: Int, in line: ArraySlice<UInt8>) -> Int64? {
        let digits = line.dropFirst(count).prefix { (0x30...0x39).contains($0) }
        return Int64(String(decoding: digits, as: UTF8.self))
    }

    @Test func threeSitesGetHotAndCoolDown() {
        let conditions = PlantConditions(seed: 1)
        let waves = [(19.0, false), (40, true), (80, true), (95, false), (190, true), (245, false)]
        for machine in 0..<PlantMachine.count {
            let isCool = [0, 2].contains(machine % PlantSite.all.count)
            for (time, isHot) in waves {
                let range = isHot && !isCool ? 88.0..<96.0 : 55..<69
                #expect(range.contains(conditions.temperature(of: machine, at: time)))
            }
        }
    }

    @Test func oneBearingWearsOut() {
        let conditions = PlantConditions(seed: 1)
        #expect(PlantMachine.names[PlantMachine.worn] == "press-017")
        #expect(conditions.vibration(of: PlantMachine.worn, at: 10) < 3)
        #expect(conditions.vibration(of: PlantMachine.worn, at: 85) > 9)
        #expect(conditions.vibration(of: PlantMachine.worn, at: 100) < 3)
        #expect(conditions.vibration(of: 17, at: 85) < 3)
    }

    @Test(arguments: 1...20)
    func everyPeriodHasItsBurstAndItsSilence(seed: Int) {
        let conditions = PlantConditions(seed: UInt64(seed))
        let sites = PlantSite.all.indices
        for period in 0..<3 {
            let times = (0..<600).map { Double(period * 60) + Double($0) / 10 }
            let silent = sites.map { site in
                times.count { conditions.isSilent(site, at: $0) }
            }
            #expect(silent.count { (139...141).contains($0) } == 1)
            #expect(silent.count { $0 == 0 } == 4)
            #expect(silent[PlantSite.hot] == 0)
            let bursting = times.count { t in sites.contains { conditions.isBursting($0, at: t) } }
            #expect((58...92).contains(bursting))
        }
    }
}
