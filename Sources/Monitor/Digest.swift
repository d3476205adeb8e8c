import Events
import Recording

/// A hash of values, in the order in which they are added; equal on every machine and in every
/// process. Lengths are added before what has one, so that no two sequences look alike.
struct Digest {
    private var hash = XXHash()

    var value: UInt64 { hash.value }

    mutating func add(_ value: UInt64) { hash.update(value) }

    mutating func add(_ value: Int) { add(UInt64(bitPattern: Int64(value))) }

    mutating func add(_ flag: Bool) { add(flag ? 1 : 0 as UInt64) }

    mutating func add(_ instant: Timestamp?) {
        add(instant != nil)
        add(UInt64(bitPattern: instant?.rawValue ?? 0))
    }

    mutating func add(_ value: Int64?) {
        add(value != nil)
        add(UInt64(bitPattern: value ?? 0))
    }

    /// To the bit; but NaN is null, of which there is one.
    mutating func add(_ number: Double?) {
        add(number != nil)
        let number = number ?? 0
        add(number.isNaN ? Double.nan.bitPattern : number.bitPattern)
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 {
            hash.update(UInt64($0.count))
            hash.update(UnsafeRawBufferPointer($0))
        }
    }

    mutating func add(_ bytes: [UInt8]) {
        add(bytes.count)
        hash.update(bytes)
    }

    mutating func add(_ key: Key?) {
        add(key?.values.count ?? -1)
        for value in key?.values ?? [] { add(value) }
    }

    mutating func add(_ value: Scalar) {
        switch value {
        case .null: add(0)
        case .bool(let flag):
            add(1)
            add(flag)
        case .number(let number):
            add(2)
            add(number)
        case .string(let text):
            add(3)
            add(text)
        }
    }
}
