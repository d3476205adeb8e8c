import Events
import Glibc
import Testing

@testable import Connectors

/// What every source keeps to, whatever it reads: checks what a sink got from it.
///
/// `expected` are all bytes of all incarnations, each line with its newline.
func expectContract(
    _ sink: TestSink, of source: some Source, expected: [UInt8], ends: Bool,
    location: SourceLocation = #_sourceLocation
) {
    let arrivals = sink.arrivals
    var changes = sink.changes
    guard case .change(.opened(partitions: [0])) = arrivals.first else {
        Issue.record("the first thing is not that it opened", sourceLocation: location)
        return
    }
    changes.removeFirst()
    if ends {
        guard case .change(.ended) = arrivals.last else {
            Issue.record("the last thing is not that it ended", sourceLocation: location)
            return
        }
        changes.removeLast()
    }
    #expect(changes.isEmpty, sourceLocation: location)
    var offset: Int64 = 0
    var incarnation = 0
    for chunk in sink.chunks {
        let bytes = Array(chunk.bytes.bytes)
        if chunk.origin.incarnation == incarnation + 1 {
            (incarnation, offset) = (incarnation + 1, 0)
        }
        #expect(chunk.stream == source.stream, sourceLocation: location)
        #expect(
            chunk.origin == Origin(source: source.name, partition: 0, incarnation: incarnation),
            sourceLocation: location)
        #expect(chunk.firstOffset == offset, sourceLocation: location)
        #expect(bytes.last == 10, "a record is not whole", sourceLocation: location)
        #expect(chunk.lines == newlines(in: bytes), sourceLocation: location)
        #expect(bytes.count <= LineFramer.roomLimit + Chunk.recordLimit + 2)
        offset += Int64(chunk.lines)
    }
    let got = sink.bytes
    let isSame = got == expected
    #expect(isSame, "\(got.count) bytes for \(expected.count)", sourceLocation: location)
}

private func newlines(in bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { buffer in
        var sum = 0
        var rest = buffer[...]
        while let found = memchr(rest.base.baseAddress! + rest.startIndex, 10, rest.count) {
            sum += 1
            rest = rest[(UnsafeRawPointer(found) - buffer.baseAddress! + 1)...]
            if rest.isEmpty { break }
        }
        return sum
    }
}

/// Lines of any length up to `longest`, some empty, some ending with CRLF, some not text.
func someLines(_ byteCount: Int, longest: Int, seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    var bytes: [UInt8] = []
    while bytes.count < byteCount {
        let length = random.below(4) == 0 ? random.below(3) : random.below(longest)
        let byte = UInt8([0x61, 0x00, 0xFF, 0x22][random.below(4)])
        bytes.append(contentsOf: repeatElement(byte, count: length))
        if random.below(3) == 0 { bytes.append(UInt8(ascii: "\r")) }
        bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
}
