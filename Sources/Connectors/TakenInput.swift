/// An input that somebody has opened and read from, to find out what it is: what was read comes
/// first, and the descriptor goes on from there.
package struct TakenInput: Sendable {
    package var descriptor: Int32
    package var bytes: [UInt8]

    package init(descriptor: Int32, bytes: [UInt8]) {
        self.descriptor = descriptor
        self.bytes = bytes
    }
}
