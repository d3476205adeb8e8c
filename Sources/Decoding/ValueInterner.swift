import CSimdjson
import Events
import Synchronization

/// Gives each distinct value of a column a code, in the order of first appearance; 0 is null.
///
/// An open-addressing table that compares short strings by their bytes where the parser left them,
/// so that a value costs a `String` once. Codes stay from chunk to chunk, until there are too many
/// values; then it begins anew, as another dictionary.
final class ValueInterner {
    /// Values of one dictionary, after which the next chunk begins another.
    private static let limit = 16_384
    private static let lastNumber = Atomic<UInt64>(0)

    /// What a value is: up to 16 bytes of text whole, of longer text its hash.
    private struct Slot {
        var low: UInt64 = 0
        var high: UInt64 = 0
        /// Of text, its bytes; else one of the tags.
        var length: UInt32 = 0
        /// 0: the slot is free.
        var code: UInt32 = 0
    }

    // No text is that long.
    private static let numberTag = UInt32.max
    private static let boolTag = UInt32.max - 1

    /// The values that the codes stand for; [0] is null.
    private(set) var values: [Scalar] = [.null]
    /// As in `Column`.
    private(set) var number: UInt64
    private var slots: UnsafeMutablePointer<Slot>
    /// A power of two, at least twice the values.
    private var capacity = 256

    init() {
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
        number = Self.nextNumber()
    }

    deinit { slots.deallocate() }

    /// A chunk begins.
    func begin() {
        guard values.count > Self.limit else { return }
        values = [.null]
        slots.update(repeating: Slot(), count: capacity)
        number = Self.nextNumber()
    }

    private static func nextNumber() -> UInt64 {
        lastNumber.add(1, ordering: .relaxed).newValue
    }

    @inline(__always)
    func code(of cell: JSONCell) -> UInt32 {
        switch cell.kind {
        case .missing, .null, .compound: 0
        case .string: code(text: cell.text, length: Int(cell.length))
        case .bool: code(low: UInt64(cell.integer), high: 0, Self.boolTag) { .bool($0 != 0) }
        case .number:
            // Adding zero makes -0 the 0 that it equals.
            code(low: (cell.number + 0).bitPattern, high: 0, Self.numberTag) {
                .number(Double(bitPattern: $0))
            }
        }
    }

    @inline(__always)
    private func code(text: UnsafePointer<CChar>, length: Int) -> UInt32 {
        let bytes = UnsafeRawPointer(text)
        if length > 16 { return code(longText: bytes, length: length) }
        let (low, high) = words(bytes, length)
        return code(low: low, high: high, UInt32(length)) { _ in
            .string(string(bytes, length))
        }
    }

    @inline(__always)
    private func code(
        low: UInt64, high: UInt64, _ length: UInt32, value: (UInt64) -> Scalar
    ) -> UInt32 {
        var i = home(low, high, length)
        while slots[i].code != 0 {
            let slot = slots[i]
            if slot.low == low, slot.high == high, slot.length == length { return slot.code }
            i = (i + 1) & (capacity - 1)
        }
        return add(Slot(low: low, high: high, length: length), at: i, value(low))
    }

    /// Equal hashes are not proof: the bytes decide.
    private func code(longText bytes: UnsafeRawPointer, length: Int) -> UInt32 {
        let hash = hash(bytes, length)
        let all = UnsafeRawBufferPointer(start: bytes, count: length)
        var i = home(hash, 0, UInt32(length))
        while slots[i].code != 0 {
            let slot = slots[i]
            if slot.low == hash, Int(slot.length) == length, isText(slot.code, all) {
                return slot.code
            }
            i = (i + 1) & (capacity - 1)
        }
        return add(Slot(low: hash, length: UInt32(length)), at: i, .string(string(bytes, length)))
    }

    private func isText(_ code: UInt32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard case .string(let text) = values[Int(code)] else { return false }
        return text.utf8.withContiguousStorageIfAvailable { $0.elementsEqual(bytes) }
            ?? text.utf8.elementsEqual(bytes)
    }

    @inline(never)
    private func add(_ slot: Slot, at i: Int, _ value: Scalar) -> UInt32 {
        var slot = slot
        slot.code = UInt32(values.count)
        slots[i] = slot
        values.append(value)
        if values.count * 2 > capacity { grow() }
        return slot.code
    }

    private func grow() {
        let old = UnsafeMutableBufferPointer(start: slots, count: capacity)
        capacity *= 2
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
        for slot in old where slot.code != 0 {
            var i = home(slot.low, slot.high, slot.length)
            while slots[i].code != 0 { i = (i + 1) & (capacity - 1) }
            slots[i] = slot
        }
        old.deallocate()
    }

    /// Where a value is first looked for: the top bits of a multiplicative hash, the only ones that
    /// every bit of the value has reached.
    @inline(__always)
    private func home(_ low: UInt64, _ high: UInt64, _ length: UInt32) -> Int {
        let mixed =
            (low ^ UInt64(length)) &* 0x9E37_79B9_7F4A_7C15 ^ high &* 0xBF58_476D_1CE4_E5B9
        let bits = capacity.trailingZeroBitCount
        return Int(truncatingIfNeeded: mixed >> UInt64(64 - bits))
    }
}

/// Up to 16 bytes as two words, which with the length say the text.
@inline(__always)
private func words(_ bytes: UnsafeRawPointer, _ length: Int) -> (low: UInt64, high: UInt64) {
    let low = bytes.loadUnaligned(as: UInt64.self)
    // Behind a text there are always bytes to read, but they aren't its own.
    if length < 8 { return (low & (1 << UInt64(length * 8) &- 1), 0) }
    return (low, length == 8 ? 0 : (bytes + length - 8).loadUnaligned(as: UInt64.self))
}

private func hash(_ bytes: UnsafeRawPointer, _ length: Int) -> UInt64 {
    var hash = UInt64(length)
    var rest = length
    while rest > 8 {
        hash =
            (hash ^ (bytes + length - rest).loadUnaligned(as: UInt64.self))
            &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        rest -= 8
    }
    return (hash ^ (bytes + length - 8).loadUnaligned(as: UInt64.self)) &* 0xBF58_476D_1CE4_E5B9
}

private func string(_ bytes: UnsafeRawPointer, _ length: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
}
