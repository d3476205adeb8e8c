import Events
import Testing

@testable import Decoding

/// A decoder that goes on where another one stands.
@Suite struct ForkTests {
    /// What the first chunk shows, a header and the unit of the times, the fork knows; and both go
    /// their own ways.
    @Test(arguments: [
        (RecordFormat.csv, "k,t\na,1764000000\n", "c,1764000001\nb,1764000002\n"),
        (
            .json, #"{"k":"a","t":1764000000}"# + "\n",
            #"{"t":1,"k":"c"}"# + "\n" + #"{"t":2,"k":"b"}"# + "\n"
        ),
        (.logfmt, "t=1764000000 k=a\n", "k=c t=1\nk=b t=2\n"),
        (.pattern(#"(?<k>\w+) (?<t>\d+)"#), "a 1764000000\n", "c 1\nb 2\n"),
    ])
    func goesOn(format: RecordFormat, first: String, second: String) throws {
        let use = FieldUse(path: FieldPath("k"), asNumber: false, asCode: true)
        var decoder = RecordDecoder(
            fields: [use], time: .field(FieldPath("t"), TimeFormat()), format: format)
        #expect(
            decoder.decode(chunk(first.utf8), latest: .end).times == [1_764_000_000_000_000_000])
        var fork = decoder.fork()
        let there = fork.decode(chunk(second.utf8, firstOffset: 2), latest: .end)
        let here = decoder.decode(chunk(second.utf8, firstOffset: 2), latest: .end)
        #expect(there.times == here.times && there.times.count == 2)
        #expect(there.deadLetters.isEmpty)
        for batch in [here, there] {
            let column = try #require(batch.columns.first)
            let values = column.codes.map { column.dictionary[Int($0)] }
            #expect(values == [.string("c"), .string("b")])
        }
        // The dictionaries aren't one, for each goes on by itself.
        #expect(there.columns[0].dictionaryNumber != here.columns[0].dictionaryNumber)
    }
}
