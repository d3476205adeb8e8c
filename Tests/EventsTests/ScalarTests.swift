import Testing

@testable import Events

@Suite struct ScalarTests {
    private let ascending: [Scalar] = [
        .null, .bool(false), .bool(true), .number(-.infinity), .number(-1), .number(0),
        .number(0.5),
        .number(10), .string(""), .string("10"), .string("9"), .string("Z"), .string("a"),
        .string("aa"), .string("é"), .string("日"),
    ]

    @Test func order() {
        for (i, a) in ascending.enumerated() {
            for (j, b) in ascending.enumerated() {
                #expect((a < b) == (i < j), "\(a) \(b)")
                #expect((a == b) == (i == j), "\(a) \(b)")
            }
        }
    }

    @Test func keysAreOrderedValueByValue() {
        let keys = [
            Key([]), Key([.null]), Key([.null, .number(1)]), Key([.number(1)]),
            Key([.number(1), .string("a")]), Key([.number(1), .string("b")]), Key([.string("a")]),
        ]
        for (i, a) in keys.enumerated() {
            for (j, b) in keys.enumerated() { #expect((a < b) == (i < j), "\(a) \(b)") }
        }
        #expect(Key([.string("berlin"), .number(3), .null]).description == "berlin · 3 · –")
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (1e15, "1000000000000000"),
            (9_007_199_254_740_991, "9007199254740991"),
            (9_007_199_254_740_992, "9007199254740992.0"),
            (1.5, "1.5"), (-2.25, "-2.25"), (1e300, "1e+300"), (.infinity, "inf"), (.nan, "nan"),
            (5e-324, "5e-324"),
        ] as [(Double, String)])
    func plain(_ number: Double, _ text: String) {
        #expect(plainNumber(number) == text)
    }

    @Test func descriptions() {
        #expect(Scalar.null.description == "–")
        #expect(Scalar.bool(true).description == "true")
        #expect(Scalar.bool(false).description == "false")
        #expect(Scalar.number(2).description == "2")
        #expect(Scalar.string("x").description == "x")
    }
}
