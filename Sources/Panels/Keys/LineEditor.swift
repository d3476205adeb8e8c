import Screen

/// A line that is typed: its text, the cursor in it, and the lines that were typed before.
struct LineEditor: Hashable, Sendable {
    private(set) var characters: [Character] = []
    /// Before which character; at most their count.
    private(set) var cursor = 0
    /// The oldest first.
    var history: [String] = []
    /// Which of the history is shown; nil: what was typed.
    private var recalled: Int?
    private var typed = ""

    static let historyLimit = 100
    static let lengthLimit = 4096

    init(_ text: String = "", history: [String] = []) {
        self.history = history
        set(text)
    }

    var text: String { String(characters) }

    mutating func set(_ text: String) {
        characters = Array(text.prefix(Self.lengthLimit))
        cursor = characters.count
    }

    /// True when the key was one for editing.
    mutating func handle(_ key: KeyPress) -> Bool {
        switch key {
        case .character(let c): insert(c)
        case .backspace: removeBefore()
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .control("u"):
            characters.removeFirst(cursor)
            cursor = 0
        case .control("k"): characters.removeLast(characters.count - cursor)
        case .control("w"): removeWord()
        case .up: recall(-1)
        case .down: recall(1)
        default: return false
        }
        return true
    }

    private mutating func insert(_ c: Character) {
        guard characters.count < Self.lengthLimit else { return }
        characters.insert(c, at: cursor)
        cursor += 1
    }

    private mutating func removeBefore() {
        guard cursor > 0 else { return }
        cursor -= 1
        characters.remove(at: cursor)
    }

    private mutating func removeWord() {
        while cursor > 0, characters[cursor - 1] == " " { removeBefore() }
        while cursor > 0, characters[cursor - 1] != " " { removeBefore() }
    }

    private mutating func recall(_ step: Int) {
        let place = (recalled ?? history.count) + step
        guard place >= 0, place <= history.count else { return }
        if recalled == nil { typed = text }
        recalled = place == history.count ? nil : place
        set(place == history.count ? typed : history[place])
    }

    /// The line, remembered for the next time.
    mutating func enter() -> String {
        let line = text
        if !line.isEmpty, history.last != line { history.append(line) }
        history.removeFirst(max(0, history.count - Self.historyLimit))
        recalled = nil
        set("")
        return line
    }

    /// Completes the word before the cursor as far as all candidates agree; those that it could be.
    mutating func complete(_ candidates: [String]) -> [String] {
        var start = cursor
        while start > 0, !" ,(".contains(characters[start - 1]) { start -= 1 }
        let word = String(characters[start..<cursor])
        let fitting = candidates.filter { $0.hasPrefix(word) }
        guard let first = fitting.first else { return [] }
        let common = fitting.dropFirst().reduce(Array(first)) { common, next in
            Array(zip(common, next).prefix { $0 == $1 }.map(\.0))
        }
        characters.replaceSubrange(start..<cursor, with: common)
        cursor = start + common.count
        return fitting
    }
}
