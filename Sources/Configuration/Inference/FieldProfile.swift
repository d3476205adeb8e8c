import Decoding
import Events

/// What a sample holds in one field.
struct FieldProfile {
    let path: FieldPath
    /// The path's last name as it is.
    let lastName: String
    /// Its words in lower case, however they are joined: `http-status`, `httpStatus`.
    let words: [String]
    /// The words, joined by `_`.
    let name: String
    let records: Int
    private(set) var present = 0
    /// In the order of the records.
    private(set) var numbers: [Double] = []
    private(set) var texts = 0
    private(set) var bools = 0
    /// Each value once, with how many records have it.
    private(set) var values: [Scalar: Int] = [:]

    init(_ path: FieldPath, _ column: Column) {
        self.path = path
        var last = path.name
        for case .name(let step) in path.steps { last = step }
        lastName = last
        words = Self.words(of: last)
        name = words.joined(separator: "_")
        records = column.kinds.count
        for (row, kind) in column.kinds.enumerated() {
            switch kind {
            case .missing, .null, .compound: continue
            case .number: numbers.append(column.numbers[row])
            case .string: texts += 1
            case .bool: bools += 1
            }
            present += 1
            values[column.dictionary[Int(column.codes[row])], default: 0] += 1
        }
    }

    /// A word ends at what is no letter or digit, and where a capital follows a small letter or
    /// begins a word after other capitals: `userID`, `HTTPStatus`.
    private static func words(of name: String) -> [String] {
        let characters = Array(name)
        var words: [String] = [""]
        for (i, character) in characters.enumerated() {
            let isPart = character.isLetter || character.isNumber
            if !isPart || beginsWord(characters, i) { words.append("") }
            if isPart { words[words.count - 1] += character.lowercased() }
        }
        return words.filter { !$0.isEmpty }
    }

    private static func beginsWord(_ characters: [Character], _ i: Int) -> Bool {
        guard i > 0, characters[i].isUppercase else { return false }
        let before = characters[i - 1]
        let after = i + 1 < characters.count ? characters[i + 1] : " "
        return before.isLowercase || before.isNumber || before.isUppercase && after.isLowercase
    }

    var isNumeric: Bool { !numbers.isEmpty && numbers.count * 10 >= present * 9 }
    /// In nine of ten records.
    var isCommon: Bool { present * 10 >= records * 9 }
    /// The texts among the values.
    var strings: [String] {
        values.keys.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    func has(_ names: String...) -> Bool { has(anyOf: names) }

    func has(anyOf names: [String]) -> Bool {
        names.contains { name == $0 || words.contains($0) }
    }

    /// Most of its texts stand for numbers, with a unit or not: `0.034`, `85ms`, `12%`.
    var isTextOfNumbers: Bool {
        isMostly { text in
            let unit = text.reversed().prefix { $0.isLetter || $0 == "%" }.count
            return unit <= 3 && Double(text.dropLast(unit)) != nil
        }
    }

    /// Most of its texts are instants, or places of the network with their port.
    var isTextOfTimesOrPlaces: Bool {
        isMostly { Timestamp(text: $0) != nil || Self.isPlace($0) }
    }

    /// `10.0.0.1:8080`, also several of them.
    private static func isPlace(_ text: String) -> Bool {
        text.contains(":") && text.contains { $0.isNumber }
            && text.allSatisfy { $0.isHexDigit || ".:[], ".contains($0) }
    }

    private func isMostly(_ isSuch: (String) -> Bool) -> Bool {
        let texts = strings.filter { !$0.isEmpty && $0 != "-" }
        return !texts.isEmpty && texts.count(where: isSuch) * 2 > texts.count
    }
}
