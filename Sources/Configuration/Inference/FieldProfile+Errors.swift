import Events

/// Which of a field's values are errors.
extension FieldProfile {
    private static let badWords: Set = [
        "error", "err", "fatal", "critical", "crit", "panic", "alert", "emerg", "fail",
    ]
    private static let syslogErrors = ["emerg", "alert", "crit", "err"]

    /// As a query's condition; nil: the field doesn't tell errors, or has no value that could.
    func errorCondition(isSyslog: Bool) -> String? {
        if isNumeric { return statusCondition ?? pinoCondition }
        guard present > 0, strings.count == values.count, strings.count <= 20 else { return nil }
        if has("priority"), strings.allSatisfy({ $0.count == 1 && "01234567".contains($0) }) {
            // journald: 0 to 3 are errors and worse.
            return isOneOf(["0", "1", "2", "3"])
        }
        if isSyslog { return name == "severity" ? isOneOf(Self.syslogErrors) : nil }
        guard has("level", "severity", "lvl") else {
            return has("status", "priority") && !found.isEmpty ? isOneOf(found) : nil
        }
        return isTextOfNumbers ? nil : isOneOf(levelErrors)
    }

    /// Statuses of HTTP come before levels.
    var isHTTPStatus: Bool { statusCondition != nil }

    private var statusCondition: String? {
        let isOne = isNumeric && has("status", "code") && numbers.allSatisfy { 100..<600 ~= $0 }
        return isOne ? "\(path) >= 500" : nil
    }

    /// pino and bunyan: 10 is trace, 60 is fatal.
    private var pinoCondition: String? {
        let levels: Set<Double> = [10, 20, 30, 40, 50, 60]
        let isOne = has("level", "lvl", "severity") && levels.isSuperset(of: numbers)
        return isOne ? "\(path) >= 50" : nil
    }

    /// The bad words that were seen.
    private var found: [String] {
        strings.filter { Self.badWords.contains($0.lowercased()) }.sorted()
    }

    /// Those that were seen, and the usual ones, of which there may have been none so far.
    private var levelErrors: [String] {
        let known = found
        let usesSyslogWords = !Set(Self.syslogErrors + ["notice"]).isDisjoint(with: strings)
        var words = usesSyslogWords ? Self.syslogErrors : []
        words += known.filter { !words.contains($0) }
        let hasUsual = known.contains { ["error", "err"].contains($0.lowercased()) }
        return hasUsual ? words : words + [asWritten("error")]
    }

    /// In the case of the other values: `INFO` goes with `ERROR`.
    private func asWritten(_ word: String) -> String {
        let lettered = strings.filter { $0.contains { $0.isLetter } }
        guard let text = lettered.min() else { return word }
        if text == text.uppercased() { return word.uppercased() }
        guard text.first?.isUppercase == true else { return word }
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private func isOneOf(_ values: [String]) -> String {
        "\(path) in [" + values.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
}
