import Events

/// What came of tests, for people and as JUnit's XML for a build server.
struct TestReport {
    struct Case {
        var name: String
        /// What was expected and what was found instead, a few lines each; empty: it passed.
        var differences: [String]
        var duration: Nanoseconds
    }

    /// A file and its tests.
    struct Suite {
        var file: String
        var cases: [Case]
    }

    var suites: [Suite] = []

    var count: Int { suites.reduce(0) { $0 + $1.cases.count } }
    var failed: Int { suites.reduce(0) { $0 + $1.failed } }

    /// Like `3 tests: 2 passed, 1 failed`.
    var summary: String {
        "\(count) test\(count == 1 ? "" : "s"): \(count - failed) passed, \(failed) failed"
    }

    var xml: String {
        let time = suites.reduce(Nanoseconds.zero) { $0 + $1.duration }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="weir" \(counts(count, failed, time))>

            """ + suites.map(\.xml).joined() + "</testsuites>\n"
    }
}

extension TestReport.Case {
    /// `pass NAME`, or `FAIL NAME` and below it each difference.
    var text: String {
        let lines = differences.flatMap { $0.split(separator: "\n").map { "    " + $0 } }
        return ([(differences.isEmpty ? "pass  " : "FAIL  ") + name] + lines)
            .map { $0 + "\n" }.joined()
    }

    fileprivate func xml(_ file: String) -> String {
        let head =
            "    <testcase name=\"\(escaped(name))\" classname=\"\(escaped(file))\" "
            + "time=\"\(seconds(duration))\""
        guard let first = differences.first else { return head + "/>\n" }
        let message = first.split(separator: "\n").map { $0.drop { $0 == " " } }
        return head + ">\n      <failure message=\"\(escaped(message.joined(separator: "; ")))\">"
            + escaped(differences.joined(separator: "\n")) + "</failure>\n    </testcase>\n"
    }
}

extension TestReport.Suite {
    var failed: Int { cases.count { !$0.differences.isEmpty } }

    fileprivate var duration: Nanoseconds { cases.reduce(.zero) { $0 + $1.duration } }

    fileprivate var xml: String {
        "  <testsuite name=\"\(escaped(file))\" \(counts(cases.count, failed, duration))>\n"
            + cases.map { $0.xml(file) }.joined() + "  </testsuite>\n"
    }
}

private func counts(_ tests: Int, _ failed: Int, _ time: Nanoseconds) -> String {
    "tests=\"\(tests)\" failures=\"\(failed)\" errors=\"0\" time=\"\(seconds(time))\""
}

/// With milliseconds.
private func seconds(_ duration: Nanoseconds) -> String {
    let ms = duration.rawValue / 1_000_000
    let rest = String(ms % 1000)
    return "\(ms / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
}

/// Text as XML 1.0 has it: what it has no place for is a replacement character.
private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\n": result += "&#10;"
        case _
        where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || scalar.value & 0xFFFE == 0xFFFE:
            result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
