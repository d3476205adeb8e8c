import Events
import Testing

@testable import Decoding

/// CSV and logfmt, into the same columns as JSON.
@Suite struct TextFormatTests {
    /// The values of the fields, record by record; a dead letter as its reason.
    private func values(
        _ text: String, _ format: RecordFormat, _ names: [String]
    ) -> [String] {
        let fields = names.map { FieldUse(path: FieldPath($0), asNumber: true, asCode: true) }
        var decoder = RecordDecoder(fields: fields, time: .arrival, format: format)
        return lines(decoder.decode(chunk(text.utf8), latest: .end))
    }

    private func lines(_ batch: ColumnBatch) -> [String] {
        let rows = batch.times.indices.map { row in
            (
                Int64(batch.lines[row]),
                batch.columns.map { column in
                    let value = column.scalars[row]
                    return column.kinds[row] == .string ? "\"\(value)\"" : "\(value)"
                }.joined(separator: " ")
            )
        }
        let dead = batch.deadLetters.map { ($0.offset - batch.firstOffset, $0.reason.rawValue) }
        return (rows + dead).sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }
    }

    @Test(arguments: [
        ("a,b\n1,x\n-2.5e3,true\n", ["1 1 \"x\"", "2 -2500 true"]),
        ("\u{FEFF}a;b\r\n1;x\r\n\r\n2;y", ["1 1 \"x\"", "3 2 \"y\""]),
        ("b\ta\nx\t1\n", ["1 1 \"x\""]),
        ("a|b\n 1 | x y \n", ["1 1 \"x y\""]),
        ("a,b\n\"1\",\"x, \"\"y\"\"\"\n", ["1 1 \"x, \"y\"\""]),
        // Fewer values are missing ones, more are a mistake.
        ("a,b\n1\n1,2,3\n,\n", ["1 1 –", "2 malformed", "3 – –"]),
        ("a,b\n\"1,2\n1,\"x\" y\n", ["1 malformed", "2 malformed"]),
        // The numbers of things.
        ("a,b\n007,+5\n0,0.5\n", ["1 \"007\" \"+5\"", "2 0 0.5"]),
        ("c,d\n1,2\n", ["1 – –"]),
        ("a,b\n1,2\na,b\n3,4\n", ["1 1 2", "3 3 4"]),
        ("a,b\n1e400,123456789012345678901234567890\n", ["1 – 1.2345678901234568e+29"]),
        ("a,b\n0.1,73.96732207\n", ["1 0.1 73.96732207"]),
    ])
    func csv(text: String, expected: [String]) {
        #expect(values(text, .csv, ["a", "b"]) == expected)
    }

    @Test(arguments: [
        ("a=1 b=x", ["0 1 \"x\""]),
        ("  a=1.5\tb=\"x y\" c ", ["0 1.5 \"x y\""]),
        ("a=\"\" b=", ["0 \"\" –"]),
        ("b a=1", ["0 1 true"]),
        ("a=\"x \\\"y\\\" \\\\ \\n\" b=1", ["0 \"x \"y\" \\ \n\" 1"]),
        ("a=1 a=2 b=false", ["0 2 false"]),
        ("hello world", ["0 malformed"]),
        ("a=\"open b=1\na=\"x\"y\n=1\na\"b=1", (0...3).map { "\($0) malformed" }),
        ("a=x=y b=http://h/?q=1", ["0 \"x=y\" \"http://h/?q=1\""]),
    ])
    func logfmt(text: String, expected: [String]) {
        #expect(values(text, .logfmt, ["a", "b"]) == expected)
    }

    @Test func whatIsNotUTF8() {
        let fields = [FieldUse(path: FieldPath("a"), asCode: true)]
        var decoder = RecordDecoder(fields: fields, time: .arrival, format: .logfmt)
        let batch = decoder.decode(
            chunk(Array("a=é\na=".utf8) + [0xFF, 10] + Array("a=1".utf8)), latest: .end)
        #expect(lines(batch) == ["0 \"é\"", "1 not_utf8", "2 1"])
    }

    /// Each input has its header, whatever comes in between; a later chunk has none of its own.
    @Test func headersOfSeveralFiles() {
        let fields = [FieldUse(path: FieldPath("a"), asCode: true)]
        var decoder = RecordDecoder(fields: fields, time: .arrival, format: .csv)
        func read(_ text: String, _ source: String, at offset: Int64) -> [String] {
            var chunk = chunk(text.utf8, firstOffset: offset)
            chunk.origin = Origin(source: source)
            return lines(decoder.decode(chunk, latest: .end))
        }
        #expect(read("a,b\n1,2\n", "x", at: 0) == ["1 1"])
        #expect(read("b,a\n1,2\n", "y", at: 0) == ["1 2"])
        #expect(read("3,4\n", "x", at: 2) == ["0 3"])
        #expect(read("3,4\n", "y", at: 2) == ["0 4"])
        #expect(read("c\n5\n", "x", at: 0) == ["1 –"])
    }

    /// Connections come and go, each with a header; those of one partition follow each other.
    @Test func headersOfManyConnections() {
        let fields = [FieldUse(path: FieldPath("a"), asCode: true)]
        var decoder = RecordDecoder(fields: fields, time: .arrival, format: .csv)
        func read(_ text: String, _ partition: Int, _ life: Int, at offset: Int64) -> [String] {
            var chunk = chunk(text.utf8, firstOffset: offset)
            chunk.origin = Origin(source: "x", partition: partition, incarnation: life)
            return lines(decoder.decode(chunk, latest: .end))
        }
        for life in 0..<10_020 {
            let columns = life.isMultiple(of: 2) ? "a,b" : "b,a"
            var found = read("\(columns)\n1,2\n", life % 3, life, at: 0)
            found += read("3,4\n", life % 3, life, at: 2)
            let expected = life.isMultiple(of: 2) ? ["1 1", "0 3"] : ["1 2", "0 4"]
            guard found == expected else {
                Issue.record("connection \(life): \(found)")
                return
            }
        }
        // One that began with blank lines has no header yet, whatever the one before it had.
        #expect(read("\n", 0, 10_020, at: 0) == [])
        #expect(read("c\n5\n", 0, 10_020, at: 1) == ["1 –"])
    }

    /// More records than there is room for at first, and lines that are none.
    @Test func manyLines() {
        let blank = String(repeating: "\n", count: 5000)
        let text = blank + (0..<5000).map { "a=\($0) b=x\($0)\n" }.joined() + blank + "bad\na=1"
        let found = values(text, .logfmt, ["a", "b"])
        #expect(found.count == 5002)
        #expect(found[0] == "5000 0 \"x0\"")
        #expect(
            found[..<5000].enumerated().allSatisfy { i, line in
                line == "\(5000 + i) \(i) \"x\(i)\""
            })
        #expect(found[5000...] == ["15000 malformed", "15001 1 –"])
    }

    @Test func timesAndNestedNames() {
        let time = TimeField.field(FieldPath("timestamp"), TimeFormat())
        let path = FieldPath(steps: [.name("stages"), .name("broker")])
        var decoder = RecordDecoder(
            fields: [FieldUse(path: path, asTime: true)], time: time, format: .csv)
        let text = "timestamp,stages.broker\n2013-12-02 21:15:00,1386018900123\nsoon,1\n"
        let batch = decoder.decode(chunk(text.utf8), latest: .end)
        #expect(batch.times == [1_386_018_900_000_000_000])
        #expect(batch.columns[0].times == [1_386_018_900_123_000_000])
        #expect(batch.deadLetters.map(\.reason.rawValue) == ["bad_time"])
    }
}
