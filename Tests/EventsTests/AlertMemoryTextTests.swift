import Events
import Testing

/// What is remembered of alerts, as lines.
@Suite struct AlertMemoryTextTests {
    private let keys = [
        Key([]), Key([.string("berlin")]),
        Key([.string(""), .null, .bool(true), .number(-0.5), .string("a b\\\n\r")]),
        Key([.string("e\u{301} \u{301}"), .number(.nan), .number(.infinity), .bool(false)]),
    ]

    @Test func linesReadBack() throws {
        var memory = AlertMemory()
        for phase in [AlertMemory.Phase.inactive, .pending, .firing] {
            var rule = AlertMemory.Rule(
                name: "r \(phase)", definition: "0123", evaluatedAt: .beginning, phase: phase,
                since: Timestamp(rawValue: -5))
            if phase == .pending { rule.acknowledgement = .init(by: "", at: .epoch) }
            for (i, key) in keys.enumerated() {
                var group = AlertMemory.Group(
                    key: key, isFiring: i % 2 == 0, activeAt: .epoch,
                    endedAt: i == 2 ? .end : nil, since: .epoch)
                if i == 1 { group.acknowledgement = .init(by: "anna b", at: .end) }
                if i == 3 { group.value = 0.1 + 0.2 }
                rule.groups.append(group)
                rule.baselines.append(
                    AlertMemory.Baseline(
                        reading: i, key: key, count: 31, mean: -1e-300, variance: 1 / 3,
                        updatedAt: .end))
            }
            memory.rules.append(rule)
        }
        for target in [AlertTarget(rule: nil), AlertTarget(rule: "*"), AlertTarget(rule: "")] {
            for key in keys.prefix(3).map({ $0 as Key? }) + [nil] {
                memory.silences.append(
                    Silence(
                        number: 7, target: AlertTarget(rule: target.rule, group: key),
                        until: .end, reason: "why \\ not", by: "b"))
            }
        }
        let lines = memory.lines
        #expect(lines.allSatisfy { !$0.contains("\n") })
        let read = try #require(AlertMemory(lines: lines.map { Substring($0) }))
        #expect(read.lines == lines)
        #expect(read.silences == memory.silences)
        #expect(read.rules.map(\.baselines.count) == [4, 4, 4])
        #expect(read.rules[2].baselines[3].variance == 1.0 / 3)
        #expect(read.rules[2].groups[3].value == 0.1 + 0.2)
    }

    @Test func actionsReadBack() throws {
        let target = AlertTarget(rule: "hot one", group: keys[2])
        let silence = Silence(target: target, until: .end, reason: "r s", by: "anna")
        for action in [
            OperatorAction.acknowledge(target, by: "a b"), .withdraw(target, by: ""),
            .silence(silence), .unsilence(17, by: "c"),
        ] {
            #expect(OperatorAction(Word.split(action.words)[...]) == action)
        }
    }

    @Test(arguments: [
        "rule a b 1 firing", "rule a b x firing 1", "rule a b 1 on fire", "group firing 1 - 2 sa",
        "value 1", "usual 0 1 nan 0 1", "usual 0 1 1 1", "usual 0 0 1 1 1", "ack 1 a",
        "silence 1 2 a", "what", "", "rule a\\q b 1 firing 2",
    ])
    func damage(line: String) {
        #expect(AlertMemory(lines: [Substring(line)]) == nil)
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func sha256(text: String, digest: String) {
        #expect(SHA256.hex(text) == digest)
        var hash = SHA256()
        hash.update(text.utf8.prefix(text.utf8.count / 3))
        hash.update(text.utf8.dropFirst(text.utf8.count / 3))
        #expect(hash.hex() == digest)
    }
}
