import Testing

@testable import Events

@Suite struct FieldPathTests {
    @Test(
        arguments: [
            ([.name("latency_ms")], "latency_ms", "latency_ms"),
            ([.name("stages"), .name("broker")], "stages.broker", "stages.broker"),
            ([.name("items"), .index(0), .name("sku")], "items[0].sku", "items[0].sku"),
            ([.name("m"), .index(1), .index(2)], "m[1][2]", "m[1][2]"),
            ([.name("a.b")], "`a.b`", "a.b"), ([.name("a"), .name("b c")], "a.`b c`", "a.b c"),
            ([.name("2xx")], "`2xx`", "2xx"), ([.name("")], "``", ""),
            ([.name("größe")], "größe", "größe"),
            ([.name("x2")], "x2", "x2"), ([.name("a-b")], "`a-b`", "a-b"),
        ] as [([FieldPath.Step], String, String)])
    func description(_ steps: [FieldPath.Step], _ text: String, _ name: String) {
        #expect(FieldPath(steps: steps).description == text)
        #expect(FieldPath(steps: steps).name == name)
    }

    @Test func aNameIsTakenAsItIs() {
        #expect(FieldPath("a.b").steps == [.name("a.b")])
        #expect(FieldPath("a.b") != FieldPath(steps: [.name("a"), .name("b")]))
    }
}
