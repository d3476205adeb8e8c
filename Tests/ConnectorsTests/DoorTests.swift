import Events
import Glibc
import Testing

@testable import Connectors

@Suite struct DoorTests {
    @Test func isShutForAWhileWhenTheSystemIsFull() {
        var door = Door { () throws(SystemError) -> OpenSocket? in
            throw SystemError(code: EMFILE)
        }
        let now = Monotonic.now()
        #expect(door.rest(at: now) == nil)
        let found = door.accept(at: now)
        #expect(found == nil)
        #expect(door.rest(at: now) == Door.pause)
        #expect(door.rest(at: now + .milliseconds(999)) == Nanoseconds.milliseconds(1))
        #expect(door.rest(at: now + Door.pause) == nil)
    }

    @Test func isOpenWhenNobodyKnocks() {
        var door = Door { () throws(SystemError) -> OpenSocket? in nil }
        let now = Monotonic.now()
        let found = door.accept(at: now)
        #expect(found == nil && door.rest(at: now) == nil)
    }

    @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM])
    func whatIsAShortage(_ code: Int32) { #expect(SystemError(code: code).isShortage) }

    @Test(arguments: [EAGAIN, ECONNABORTED, EINTR])
    func whatIsNone(_ code: Int32) { #expect(!SystemError(code: code).isShortage) }
}
