/// A place in a text, for parsers that take it apart byte by byte without making strings.
struct TextCursor {
    private let text: UnsafeRawBufferPointer
    /// The byte that is next.
    private(set) var place = 0

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    var isAtEnd: Bool { place == text.count }

    var next: UInt8? { place < text.count ? text[place] : nil }

    /// What has not been read yet.
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: text[place...]) }

    /// What has been read from there on.
    func bytes(from start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text[start..<place])
    }

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

    /// The bytes before the first that ends them, or before the end of the text; maybe none.
    mutating func run(before isEnd: (UInt8) -> Bool) -> UnsafeRawBufferPointer {
        let start = place
        while place < text.count, !isEnd(text[place]) { place += 1 }
        return bytes(from: start)
    }

    /// The bytes before the next blank, and steps over that one; nil if there are none.
    mutating func word() -> UnsafeRawBufferPointer? {
        let word = run { $0 == 0x20 }
        guard !word.isEmpty else { return nil }
        _ = take(" ")
        return word
    }
}
