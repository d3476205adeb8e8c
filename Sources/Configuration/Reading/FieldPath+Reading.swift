import Events

extension FieldPath {
    /// A path as queries write it; nil if `text` is none.
    init?(reading text: String) {
        var steps: [Step] = []
        var rest = Substring(text)
        repeat {
            guard let name = FieldPath.takeName(&rest) else { return nil }
            steps.append(.name(name))
            while rest.first == "[" {
                guard let index = FieldPath.takeIndex(&rest) else { return nil }
                steps.append(.index(index))
            }
            if rest.isEmpty {
                self.init(steps: steps)
                return
            }
        } while rest.popFirst() == "."
        return nil
    }

    private static func takeName(_ rest: inout Substring) -> String? {
        if rest.first == "`" {
            rest.removeFirst()
            let name = rest.prefix { $0 != "`" }
            rest = rest.dropFirst(name.count)
            guard rest.popFirst() == "`", !name.isEmpty else { return nil }
            return String(name)
        }
        let name = rest.prefix { $0 == "_" || !$0.isASCII || $0.isLetter || $0.isNumber }
        guard let first = name.first, !(first.isASCII && first.isNumber) else { return nil }
        rest = rest.dropFirst(name.count)
        return String(name)
    }

    private static func takeIndex(_ rest: inout Substring) -> Int? {
        rest.removeFirst()
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        guard rest.popFirst() == "]" else { return nil }
        return Int(digits)
    }
}
