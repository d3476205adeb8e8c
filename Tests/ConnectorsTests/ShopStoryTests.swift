import Events
import Testing

@testable import Connectors

@Suite struct ShopStoryTests {
    private static let story = ToldStory(.shop, seconds: 112)

    /// How often what is said of the story happens.
    @Test func theSharesAreAsSaid() {
        let story = Self.story
        let all = Double(story.records.count + story.damaged + story.repeated)
        #expect((1_500.0...3_000).contains(all / 112))
        #expect((0.0003...0.0008).contains(Double(story.damaged) / all))
        #expect((0.0035...0.0045).contains(Double(story.repeated) / all))
        var highest: Int64 = 0
        var late = 0
        var longest: Int64 = 0
        for record in story.records {
            highest = max(highest, record.time)
            longest = max(longest, highest - record.time)
            if record.time < highest - 950 { late += 1 }
        }
        #expect(story.records.allSatisfy { $0.time < $0.arrival })
        #expect((0.004...0.008).contains(Double(late) / all))
        #expect((1_900...3_000).contains(longest))
    }

    private func count(_ type: String, _ seconds: Range<Int64>, failed: Bool = false) -> Double {
        let matching = Self.story.records.count { record in
            seconds.contains(record.time / 1000) && record.text("type") == type
                && (!failed || record.number("status")! >= 500)
        }
        return Double(matching) / Double(seconds.count)
    }

    @Test func paymentsAreOutFromAbout35To75Seconds() {
        for (seconds, isOut) in [(30..<33, false), (40..<70, true), (80..<88, false)] {
            let window = Int64(seconds.lowerBound)..<Int64(seconds.upperBound)
            let payments = count("payment", window)
            let failures = count("payment", window, failed: true) / payments
            #expect(isOut ? (0.55...0.65).contains(failures) : failures < 0.02)
            #expect(isOut ? payments < 85 : payments > 130)
        }
    }

    @Test(arguments: 1...20)
    func everyDayHasItsOutageAndItsBurst(seed: Int) {
        let conditions = ShopConditions(seed: UInt64(seed))
        for start in stride(from: 0.0, to: 900, by: ShopConditions.dayLength) {
            let day = conditions.day(at: start)
            for (time, isOut) in [(33.9, false), (39.1, true), (71.9, true), (81.1, false)] {
                #expect(day.outage(at: start + time) == (isOut ? 1 : 0))
            }
            for (time, burst) in [(88.9, 0.0), (91.1, 1.0), (99.9, 1.0), (104.1, 0.0)] {
                #expect(day.signupBurst(at: start + time) == burst)
            }
        }
        let days = stride(from: 0.0, to: 900, by: ShopConditions.dayLength).map {
            Set([conditions.day(at: $0).outage(at: $0 + 35.5)])
        }
        #expect(Set(days).count > 1, "each day is a little different")
    }

    @Test func signupsBurstAtAbout90Seconds() {
        #expect(count("signup", 80..<88) < 100)
        #expect(count("signup", 92..<99) > 300)
        #expect(count("signup", 105..<110) < 100)
    }

    /// The slow step gets slower in the outage; only one host's clock makes a step negative.
    @Test func stagesAreInOrderButForOneHost() {
        var slow: [Bool: [Double]] = [:]
        var skewed: [String: Int] = [:]
        var isInOrder = true
        for record in Self.story.records {
            let stages = [
                record.number("created")!, record.number("broker")!,
                record.number("processed")!, record.number("stored")!,
            ]
            isInOrder = isInOrder && stages[0] <= stages[1] && stages[2] <= stages[3]
            let host = record.text("host")!
            if stages[2] < stages[1] { skewed[host, default: 0] += 1 }
            if host != "worker-6" {
                let isOut = (40_000..<70_000).contains(record.time)
                slow[isOut, default: []].append(stages[2] - stages[1])
            }
        }
        #expect(isInOrder)
        #expect(skewed.count == 1 && skewed["worker-6"]! > 10_000)
        let medians = slow.mapValues { $0.sorted()[$0.count / 2] }
        #expect(medians[true]! > 5 * medians[false]!)
    }

    @Test func paymentsHaveAnAmountAndFailuresAReason() {
        let wrong = Self.story.records.filter { record in
            let isPayment = record.text("type") == "payment"
            let status = record.number("status")!
            return record.has("amount") != isPayment || record.has("currency") != isPayment
                || (status == 200 && record.has("error"))
                || (status >= 500 && !record.has("error"))
        }
        #expect(wrong.isEmpty)
    }
}
