/// The way to a field inside a record: `latency_ms`, `stages.broker`, `items[0].sku`.
package struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    package enum Step: Hashable, Sendable {
        case name(String)
        case index(Int)
    }

    /// At least one; the first is a name.
    package var steps: [Step]

    package init(steps: [Step]) { self.steps = steps }

    /// A path of one name, taken as it is: dots in it are part of the name.
    package init(_ name: String) { steps = [.name(name)] }

    /// As it is written in a query; an odd name stands in backticks.
    package var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let i): text += "[\(i)]"
            case .name(let name):
                if !text.isEmpty { text += "." }
                text += FieldPath.isPlain(name) ? name : "`\(name)`"
            }
        }
        return text
    }

    /// How a result names the field: its path without backticks.
    package var name: String {
        description.filter { $0 != "`" }
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else {
            return false
        }
        return name.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
                true
            default: false
            }
        }
    }
}
