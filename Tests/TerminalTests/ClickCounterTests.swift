import Screen
import Testing

@testable import Terminal

@Suite struct ClickCounterTests {
    private let place = MousePress(.click, column: 3, row: 4)

    @Test func twoClicksAreOneDoubleClick() {
        var clicks = ClickCounter()
        let kinds = [0, 300, 500, 700, 1200].map { at in
            clicks.count(place, at: UInt64(at) * 1_000_000).kind
        }
        #expect(kinds == [.click, .doubleClick, .click, .doubleClick, .click])
    }

    @Test func elsewhereOrTooLateIsAnother() {
        var clicks = ClickCounter()
        let other = MousePress(.click, column: 4, row: 4)
        #expect(clicks.count(place, at: 0).kind == .click)
        #expect(clicks.count(other, at: 1).kind == .click)
        #expect(clicks.count(other, at: 500_000_000).kind == .click)
        let wheel = MousePress(.wheelUp, column: 4, row: 4)
        #expect(clicks.count(wheel, at: 500_000_001) == wheel)
    }
}
