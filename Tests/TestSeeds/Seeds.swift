import Glibc

/// The seeds of a property: `count` of them, the same each time. In `make soak` ten times as many,
/// from WEIR_SEED on.
package func seeds(_ count: Int) -> [UInt64] {
    guard getenv("WEIR_SOAK") != nil else { return (1...count).map { UInt64($0) } }
    let first = getenv("WEIR_SEED").flatMap { UInt32(String(cString: $0)) } ?? 1
    return (0..<count * 10).map { UInt64(first) + UInt64($0) }
}
