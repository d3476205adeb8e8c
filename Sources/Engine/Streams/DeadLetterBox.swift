import Events

/// The newest dead letters: at most 10,000 of them and 8 MiB of their bytes. How many there were
/// in all is in the books.
struct DeadLetterBox {
    static let limit = 10_000
    static let byteLimit = 8 << 20

    private var kept: ArraySlice<DeadLetter> = []
    private var bytes = 0

    var newest: ArraySlice<DeadLetter> { kept }

    mutating func add(_ letters: [DeadLetter]) {
        for letter in letters {
            kept.append(letter)
            bytes += letter.bytes.count
            while kept.count > Self.limit || bytes > Self.byteLimit {
                bytes -= kept.removeFirst().bytes.count
            }
        }
    }
}
