/// A place in a text, for parsers that take it apart byte by byte without making strings.
struct TextCursor {
    private let text: UnsafeRawBufferPointer
    private var place = 0

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    var isAtEnd: Bool { place == text.count }

    var next: UInt8? { place < text.count ? text[place] : nil }

    /// Steps over the character if it is next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < text.count, UInt32(text[place]) == character.value else { return false }
        place += 1
        return true
    }

    mutating func digit() -> Int? {
        guard place < text.count else { return nil }
        let value = Int(text[place]) - 0x30
        guard value >= 0, value <= 9 else { return nil }
        place += 1
        return value
    }

    /// A number of exactly so many digits.
    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// So many bytes as they are; nil if there aren't as many.
    mutating func bytes(_ count: Int) -> Slice<UnsafeRawBufferPointer>? {
        guard text.count - place >= count else { return nil }
        defer { place += count }
        return text[place..<place + count]
    }
}
