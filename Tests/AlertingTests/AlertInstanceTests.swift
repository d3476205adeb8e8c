import Alerting
import Events
import Testing

/// A story of evaluations, one a second from 0: `x` holds, `.` doesn't, `?` is missing; with a
/// `clear`: `c` where it holds and the condition doesn't, `C` where both hold.
private struct Story: CustomTestStringConvertible, Sendable {
    var rule: AlertRule
    var evaluations: String
    /// After each: `-` inactive, `p` pending, `F` firing.
    var phases: String
    var hasClear = false

    init(
        holdFor: Int64 = 0, keep: Int64 = 0, noData: AlertRule.NoData = .false,
        _ evaluations: String, _ phases: String, hasClear: Bool = false
    ) {
        rule = AlertRule(
            holdFor: .seconds(holdFor), keepFiringFor: .seconds(keep), noData: noData)
        self.evaluations = evaluations
        self.phases = phases
        self.hasClear = hasClear
    }

    var testDescription: String { "\(rule): \(evaluations)" }

    func evidence(_ letter: Character) -> Evidence {
        if letter == "?" { return .missing }
        return .verdict(
            holds: letter == "x" || letter == "C",
            clears: hasClear ? letter == "c" || letter == "C" : nil)
    }
}

@Suite struct AlertInstanceTests {
    @Test(arguments: [
        Story("..xx.x", "--FF-F"),
        Story(holdFor: 2, "xxxx", "ppFF"),
        Story(holdFor: 2, "xx.xxx.", "pp-ppF-"),
        Story(holdFor: 1, "x.x.x.", "p-p-p-"),
        Story(keep: 2, "x....", "FFF--"),
        Story(keep: 1, "x...", "FF--"),
        Story(keep: 2, "x..x..", "FFFFFF"),
        Story(keep: 2, "x..x...", "FFFFFF-"),
        Story(holdFor: 1, keep: 2, "xx...xx", "pFFF-pF"),
        Story("x..cx", "FFF-F", hasClear: true),
        Story("c.x.c", "--FF-", hasClear: true),
        Story("xCx", "F-F", hasClear: true),
        Story(keep: 2, "xcc.ccc", "FFFFFF-", hasClear: true),
        Story(holdFor: 2, "xcx..", "p-p--", hasClear: true),
        Story("x?x", "F-F"), Story("x?", "F-", hasClear: true), Story("?", "-"),
        Story(holdFor: 2, "x?xx", "p-pp"),
        Story(keep: 2, "x??x???", "FFFFFF-"),
        Story(noData: .keep, "x??.?x", "FFF--F"),
        Story(holdFor: 2, noData: .keep, "x???xx", "ppppFF"),
        Story(keep: 2, noData: .keep, "x.????.", "FFFFFF-"),
        Story(noData: .fire, ".?.", "-F-"),
        Story(holdFor: 2, noData: .fire, "????.", "ppFF-"),
        Story(noData: .fire, "x?.c", "FFF-", hasClear: true),
    ])
    fileprivate func goesThrough(_ story: Story) {
        var instance = AlertInstance(rule: story.rule)
        var phases = ""
        var before = AlertTransition.Phase.inactive
        for (second, letter) in story.evaluations.enumerated() {
            let instant = Timestamp.epoch + .seconds(Int64(second))
            let transition = instance.evaluate(story.evidence(letter), at: instant)
            let after = instance.state.phase
            #expect((transition != nil) == (before != after))
            if let transition {
                #expect(transition.from == before && transition.to == after)
                #expect(transition.at == instant)
            }
            phases += after == .inactive ? "-" : after == .pending ? "p" : "F"
            before = after
        }
        #expect(phases == story.phases)
    }

    /// To the nanosecond, on either side.
    @Test func firesAtForAndNotBefore() {
        let start = Timestamp(rawValue: 1_700_000_000_000_000_000)
        let almost = Nanoseconds(rawValue: Nanoseconds.seconds(120).rawValue - 1)
        var instance = AlertInstance(rule: AlertRule(holdFor: .seconds(120)))
        _ = instance.evaluate(.verdict(holds: true), at: start)
        #expect(instance.evaluate(.verdict(holds: true), at: start + almost) == nil)
        #expect(instance.state == .pending(activeAt: start))
        _ = instance.evaluate(.verdict(holds: true), at: start + .seconds(120))
        #expect(instance.state == .firing(activeAt: start, endedAt: nil))
    }

    @Test func isKeptForStrictlyLess() {
        let start = Timestamp(rawValue: -5)
        let almost = Nanoseconds(rawValue: Nanoseconds.seconds(60).rawValue - 1)
        var instance = AlertInstance(rule: AlertRule(keepFiringFor: .seconds(60)))
        _ = instance.evaluate(.verdict(holds: true), at: start)
        let ended = start + .seconds(1)
        _ = instance.evaluate(.verdict(holds: false), at: ended)
        #expect(instance.evaluate(.verdict(holds: false), at: ended + almost) == nil)
        #expect(instance.state == .firing(activeAt: start, endedAt: ended))
        let resolution = instance.evaluate(.verdict(holds: false), at: ended + .seconds(60))
        #expect(resolution?.from == .firing && resolution?.to == .inactive)
        #expect(instance.state == .inactive)
    }

    @Test func timeAtItsEndsSaturates() {
        var instance = AlertInstance(rule: AlertRule(holdFor: .seconds(1)))
        _ = instance.evaluate(.verdict(holds: true), at: .beginning)
        #expect(instance.evaluate(.verdict(holds: true), at: .end)?.to == .firing)
    }
}
