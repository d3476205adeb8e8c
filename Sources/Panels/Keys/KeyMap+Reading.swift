import Screen

/// The user's own keys: a line for each action, `freeze f ctrl-f`, whose keys those are from then
/// on instead of the usual ones; what follows a `#` is a comment. A key that did something else
/// does that no more.
extension KeyMap {
    package struct Problem: Error, Hashable, Sendable {
        /// From 1.
        package var line: Int
        package var message: String
    }

    package func changed(by text: String) throws(Problem) -> KeyMap {
        var map = self
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let name = words.first, !name.hasPrefix("#") else { continue }
            guard let place = map.bindings.firstIndex(where: { $0.name == name }) else {
                let names = map.bindings.map(\.name).joined(separator: " ")
                throw Problem(
                    line: number + 1, message: "there is no action `\(name)`; there are \(names)")
            }
            var keys: [KeyPress] = []
            for word in words.dropFirst().prefix(while: { $0 != "#" }) {
                guard let key = KeyPress(named: word) else {
                    throw Problem(
                        line: number + 1,
                        message: "`\(word)` is no key: a character, \(KeyPress.names), ctrl-x")
                }
                keys.append(key)
            }
            guard !keys.isEmpty else {
                throw Problem(line: number + 1, message: "`\(name)` has no key")
            }
            let changed = map.bindings[place]
            for i in map.bindings.indices
            where map.bindings[i].meets(changed) || changed.meets(map.bindings[i]) {
                map.bindings[i].keys.removeAll(where: keys.contains)
            }
            map.bindings[place].keys = keys
        }
        if let lost = map.bindings.first(where: { $0.name == "quit" && $0.keys.isEmpty }) {
            throw Problem(line: 1, message: "no key is left for `\(lost.name)`")
        }
        return map
    }
}

extension KeyPress {
    private static let named: [(name: String, key: KeyPress)] = [
        ("space", " "), ("enter", .enter), ("esc", .escape), ("tab", .tab),
        ("shift-tab", .backTab), ("backspace", .backspace), ("up", .up), ("down", .down),
        ("left", .left), ("right", .right), ("home", .home), ("end", .end), ("pgup", .pageUp),
        ("pgdn", .pageDown),
    ]

    static let names = named.map(\.name).joined(separator: ", ")

    init?(named word: String) {
        if let known = Self.named.first(where: { $0.name == word.lowercased() }) {
            self = known.key
        } else if word.count == 1 {
            self = .character(word.first!)
        } else if word.lowercased().hasPrefix("ctrl-"),
            let last = word.lowercased().dropFirst(5).first,
            word.count == 6, last.isASCII, last.isLetter
        {
            self = .control(last)
        } else {
            return nil
        }
    }
}
