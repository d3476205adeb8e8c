import Events
import Glibc
import Testing

@testable import Connectors

/// The contract, tried on every source that reads what somebody wrote. `DemoSourceTests` tries it
/// on the one that makes its bytes itself.
@Suite struct SourceContractTests {
    @Test(
        arguments: SourceKind.allCases,
        [(2_000, 40, 1), (30_000, 300, 7), (400_000, 3_000, 4_096), (3_000_000, 9_000, 300_000)])
    func nothingIsLostOrDoubledWhateverThePieces(
        _ kind: SourceKind, _ sizes: (total: Int, longest: Int, piece: Int)
    ) {
        let rig = SourceRig(kind)
        let bytes = someLines(sizes.total, longest: sizes.longest, seed: 1)
        rig.feed(bytes, pieces: sizes.piece)
        #expect(rig.finish(expecting: bytes.count))
        expectContract(rig.sink, of: rig.source, expected: bytes, ends: kind.ends)
    }

    @Test(arguments: SourceKind.ending)
    func aLastLineWithoutNewlineCounts(_ kind: SourceKind) {
        let rig = SourceRig(kind)
        rig.feed(Array("a\r\n\nb".utf8), pieces: 2)
        #expect(rig.finish(expecting: 6))
        expectContract(rig.sink, of: rig.source, expected: Array("a\r\n\nb\n".utf8), ends: true)
        #expect(rig.sink.lineCount == 3)
    }

    @Test(arguments: SourceKind.ending)
    func emptyInputEnds(_ kind: SourceKind) {
        let rig = SourceRig(kind)
        rig.feed([], pieces: 1)
        #expect(rig.finish(expecting: 0))
        #expect(rig.sink.changes == [.opened(partitions: [0]), .ended])
        #expect(rig.sink.chunks.isEmpty)
    }

    @Test(arguments: SourceKind.allCases, [70_001, 1 << 22])
    func aLineOfTwoMebibytesIsCutAndTheNextOneWhole(_ kind: SourceKind, _ piece: Int) {
        let rig = SourceRig(kind)
        let long = [UInt8](repeating: 0x78, count: 2 << 20)
        rig.feed([0x61, 10] + long + [10, 0x62, 10], pieces: piece)
        let expected = [0x61, 10] + long.prefix(Chunk.recordLimit + 1) + [10, 0x62, 10]
        #expect(rig.finish(expecting: expected.count))
        expectContract(rig.sink, of: rig.source, expected: expected, ends: kind.ends)
        #expect(rig.sink.lineCount == 3)
    }

    @Test(arguments: SourceKind.live)
    func aLineIsHandedOverAtOnce(_ kind: SourceKind) {
        let rig = SourceRig(kind)
        rig.start()
        for i in 1...3 {
            rig.writer?.write("line \(i)\n")
            #expect(rig.sink.wait { $0.lineCount == i })
        }
    }

    @Test(arguments: SourceKind.allCases)
    func aSinkWithoutRoomHoldsTheSourceBack(_ kind: SourceKind) {
        let rig = SourceRig(kind, room: 1)
        let bytes = someLines(4 << 20, longest: 3_000, seed: 2)
        if !kind.isPipe { rig.writer?.write(bytes) }
        rig.start()
        var written = bytes.count
        if kind.isPipe { written = writeUntilFull(rig, bytes) }
        #expect(rig.sink.wait { $0.isBlocked && $0.chunks.count == 1 })
        #expect(rig.sink.byteCount <= LineFramer.roomLimit + 3_002)
        rig.sink.makeRoom()
        rig.writer?.write(bytes[written...])
        let whole = kind.ends ? bytes.count : written
        if kind.ends { rig.closeWriter() }
        #expect(rig.finish(expecting: whole))
        expectContract(rig.sink, of: rig.source, expected: bytes, ends: kind.ends)
    }

    /// Writes until the source, which is held back, leaves no room in the pipe; says how much.
    private func writeUntilFull(_ rig: SourceRig, _ bytes: [UInt8]) -> Int {
        let descriptor = rig.writer!.descriptor
        rig.writer?.write(bytes.prefix(9_000))
        #expect(rig.sink.wait { $0.chunks.count == 1 })
        rig.writer?.write(bytes[9_000..<20_000])
        #expect(rig.sink.wait { $0.isBlocked })
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        var written = 20_000
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                write(descriptor, $0.baseAddress, min(4_096, $0.count))
            }
            guard count > 0 else { break }
            written += count
        }
        _ = fcntl(descriptor, F_SETFL, flags)
        #expect(written <= 2 << 20, "a held source went on reading")
        return written
    }

    @Test(arguments: SourceKind.live)
    func stopsWhileNothingComes(_ kind: SourceKind) {
        let rig = SourceRig(kind)
        rig.writer?.write("a\nhalf")
        rig.start()
        #expect(rig.sink.wait { $0.lineCount == 1 })
        rig.stop.signal()
        #expect(rig.join(within: 5))
        #expect(rig.sink.changes == [.opened(partitions: [0])])
        #expect(rig.sink.lineCount == 1)
    }

    @Test(arguments: SourceKind.allCases)
    func stopsWhileItIsHeldBack(_ kind: SourceKind) {
        let rig = SourceRig(kind, room: 0)
        rig.writer?.write("a\nb\n")
        rig.start()
        #expect(rig.sink.wait { $0.isBlocked })
        rig.end()
        #expect(rig.join(within: 5))
        #expect(rig.sink.changes == [.opened(partitions: [0])])
        #expect(rig.sink.chunks.isEmpty)
    }

    @Test(arguments: SourceKind.allCases)
    func aStopBeforeTheStartIsAStop(_ kind: SourceKind) {
        let rig = SourceRig(kind)
        rig.writer?.write("a\n")
        rig.end()
        rig.start()
        #expect(rig.join(within: 5))
        #expect(rig.sink.chunks.isEmpty)
    }
}
