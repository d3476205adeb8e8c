import TestSeeds

/// Records as a stream has them: a few layouts that take turns, whose values change, and now and
/// then one that nearly fits. Lines without their newlines.
struct RandomRecords {
    /// What a layout has at one place.
    private indirect enum Shape {
        case number, text, atom, any
        case object([(key: String, value: Shape)])
        case array([Shape])
    }

    private struct Layout {
        var shape: Shape
        var colon: String
        var comma: String
        var end: String
    }

    private static let keys = [
        "a", "s", "o", "x", "y", "l", "é", "e\u{301}", "12345678", "123456789", "",
        "a key that is longer than the text of one step",
    ]

    private var random: SplitMix
    private var layouts: [Layout] = []

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        for _ in 0..<random.number(1..<6) { layouts.append(layout()) }
    }

    mutating func lines(_ count: Int) -> [[UInt8]] {
        var layout = layouts[0]
        return (0..<count).map { i in
            if random.once(in: 5) { layout = random.pick(layouts) }
            return line(layout, i)
        }
    }

    private mutating func line(_ layout: Layout, _ number: Int) -> [UInt8] {
        guard case .object(var entries) = layout.shape else { return [] }
        if random.once(in: 15) { change(&entries) }
        var line = written(.object(entries), layout, time: 1_700_000_000_000 + number)
        line += layout.end.utf8
        if random.once(in: 12) { spoil(&line) }
        // A newline would make two lines of one.
        return line.map { $0 == 10 ? 0x20 : $0 }
    }

    // Layouts -------------------------------------------------------------------------------------

    private mutating func layout() -> Layout {
        Layout(
            shape: object(depth: 0), colon: random.pick([":", ":", ": ", " :\t"]),
            comma: random.pick([",", ",", ", ", " ,\r "]),
            end: random.pick(["", "", "", "\r", " ", " \t\r", "\r\r"]))
    }

    private mutating func object(depth: Int) -> Shape {
        let keys = Self.keys.shuffled(using: &random).prefix(random.number(0..<7))
        var entries = keys.map { (key: $0, value: shape(depth: depth + 1)) }
        if depth == 0 { entries.insert(("t", .any), at: random.number(0..<entries.count + 1)) }
        return .object(entries)
    }

    private mutating func shape(depth: Int) -> Shape {
        switch random.number(0..<(depth > 3 ? 8 : 11)) {
        case 0...2: .number
        case 3...5: .text
        case 6: .atom
        case 7: .any
        case 8: .array((0..<random.number(0..<4)).map { _ in shape(depth: depth + 1) })
        default: object(depth: depth)
        }
    }

    /// One key less, one more, one twice, or two that change places.
    private mutating func change(_ entries: inout [(key: String, value: Shape)]) {
        guard let entry = entries.randomElement(using: &random) else { return }
        let place = random.number(0..<entries.count)
        switch random.number(0..<4) {
        case 0: entries.remove(at: place)
        case 1: entries.insert((random.pick(Self.keys), .any), at: place)
        case 2: entries.insert(entry, at: place)
        default: entries.swapAt(place, random.number(0..<entries.count))
        }
    }

    // Bytes ---------------------------------------------------------------------------------------

    private mutating func written(_ shape: Shape, _ layout: Layout, time: Int) -> [UInt8] {
        switch shape {
        case .number: return Array(random.jsonNumber().utf8)
        case .text: return random.jsonText()
        case .atom: return Array(random.jsonAtom().utf8)
        case .any: return random.jsonValue()
        case .array(let elements):
            let parts = elements.map { written($0, layout, time: time) }
            return Array("[".utf8) + Array(parts.joined(separator: layout.comma.utf8)) + [0x5D]
        case .object(let entries):
            let parts = entries.map { entry in
                let value =
                    entry.key == "t"
                    ? random.jsonTime(time) : written(entry.value, layout, time: time)
                return Array("\"\(entry.key)\"\(layout.colon)".utf8) + value
            }
            return Array("{".utf8) + Array(parts.joined(separator: layout.comma.utf8)) + [0x7D]
        }
    }

    /// What happens to a record on its way.
    private mutating func spoil(_ line: inout [UInt8]) {
        let odd = Array("\"\\{}[]:,\r\t\0 0-9eu.+".utf8) + [0x80, 0xC3, 0xFF]
        let place = random.number(0..<line.count)
        switch random.number(0..<9) {
        case 0: line.removeSubrange(place...)
        case 1: line += random.pick(["}", "x", "{}", ",", " 1", "\0", " \r\t", "]"]).utf8
        case 2: line = Array(random.pick(["", "\r", " \t ", "\r\r"]).utf8)
        case 3: line = Array("\u{FEFF}".utf8) + line
        case 4: line = Array("5\u{FEFF}".utf8) + line
        case 5: line.remove(at: place)
        case 6: line.insert(random.pick(odd), at: place)
        case 7: line[place] = random.pick(odd)
        default: line = Array(" ".utf8) + line
        }
    }
}
