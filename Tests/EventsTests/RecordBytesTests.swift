import Testing

@testable import Events

@Suite struct RecordBytesTests {
    @Test func paddingIsZero() {
        let records = RecordBytes(capacity: 100) { buffer in
            buffer.initializeMemory(as: UInt8.self, repeating: 0xFF)
            return 10
        }
        #expect(records.count == 10)
        #expect(records.bytes.count == 10)
        withExtendedLifetime(records) {
            let all = UnsafeRawBufferPointer(
                start: records.bytes.baseAddress, count: 10 + RecordBytes.padding)
            #expect(all.prefix(10).allSatisfy { $0 == 0xFF })
            #expect(all.suffix(RecordBytes.padding).allSatisfy { $0 == 0 })
        }
    }

    @Test func ofACollection() {
        let records = RecordBytes([1, 2, 3])
        withExtendedLifetime(records) { #expect(Array(records.bytes) == [1, 2, 3]) }
        #expect(RecordBytes([]).count == 0)
    }

    @Test func aFailedFillIsPassedOn() {
        struct Refused: Error {}
        #expect(throws: Refused.self) { try RecordBytes(capacity: 8) { _ in throw Refused() } }
    }
}
