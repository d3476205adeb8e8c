import Testing

@testable import Events

@Suite struct TimestampTests {
    @Test func addition() {
        #expect(Timestamp(rawValue: 5) + Nanoseconds(rawValue: 7) == Timestamp(rawValue: 12))
        #expect(Timestamp(rawValue: 5) - Nanoseconds(rawValue: 7) == Timestamp(rawValue: -2))
        #expect(Timestamp.end - Nanoseconds(rawValue: 0) == .end)
    }

    @Test func additionSaturates() {
        let one = Nanoseconds(rawValue: 1)
        let minusOne = Nanoseconds(rawValue: -1)
        #expect(Timestamp.end + one == .end)
        #expect(Timestamp.end - minusOne == .end)
        #expect(Timestamp.beginning - one == .beginning)
        #expect(Timestamp.beginning + minusOne == .beginning)
        #expect(Timestamp.epoch - Nanoseconds(rawValue: .min) == .end)
        #expect(Timestamp(rawValue: -1) - Nanoseconds(rawValue: .min) == .end)
        #expect(Timestamp.end + minusOne == Timestamp(rawValue: .max - 1))
    }

    @Test func differenceSaturates() {
        #expect(Timestamp(rawValue: 3) - Timestamp(rawValue: 5) == Nanoseconds(rawValue: -2))
        #expect(Timestamp.end - Timestamp.beginning == Nanoseconds(rawValue: .max))
        #expect(Timestamp.beginning - Timestamp.end == Nanoseconds(rawValue: .min))
        #expect(Timestamp.epoch - Timestamp.beginning == Nanoseconds(rawValue: .max))
        #expect(Timestamp.beginning - Timestamp.epoch == Nanoseconds(rawValue: .min))
    }

    @Test func order() {
        #expect(Timestamp.beginning < .epoch)
        #expect(Timestamp.epoch < .end)
        #expect(!(Timestamp.epoch < .epoch))
    }

    @Test func nanoseconds() {
        let most = Nanoseconds(rawValue: .max)
        let least = Nanoseconds(rawValue: .min)
        #expect(most + Nanoseconds(rawValue: 1) == most)
        #expect(least + Nanoseconds(rawValue: -1) == least)
        #expect(Nanoseconds.seconds(2) + .milliseconds(-500) == .milliseconds(1500))
        #expect(Nanoseconds.milliseconds(1500).inSeconds == 1.5)
        #expect(least < .zero)
    }
}
