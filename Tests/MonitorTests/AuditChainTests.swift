import Events
import TestSeeds
import Testing

@testable import Monitor

/// Whatever becomes of the lines of a trail is found.
@Suite struct AuditChainTests {
    /// Lines of one chain, and the chain behind them.
    private func trail(_ count: Int) -> (lines: [String], head: AuditChain) {
        var chain = AuditChain()
        let lines = (0..<count).map { i in
            String(chain.append("\"kind\":\"alert\",\"value\":\(i),\"of\":\"é\"").dropLast())
        }
        return (lines, chain)
    }

    /// Whether anything is found in these lines, or at their end.
    private func isDamaged(_ lines: [String], _ head: AuditChain) -> Bool {
        var chain = AuditChain()
        let found = lines.compactMap { chain.follow($0) }
        return !found.isEmpty || chain != head
    }

    @Test func anUnbrokenChain() {
        let (lines, head) = trail(20)
        #expect(!isDamaged(lines, head))
        #expect(lines[0].hasPrefix("{\"seq\":1,"))
        #expect(lines[1].contains(",\"prev\":\"\(AuditLineParts(lines[0])!.hash)\""))
    }

    /// 1,000 damages of five kinds; in `make soak` 10,000.
    @Test func everyDamageIsFound() {
        let (lines, head) = trail(8)
        for seed in seeds(1_000) {
            var random = SplitMix(seed: seed)
            var damaged = lines
            let (i, j) = (random.number(0..<8), random.number(0..<8))
            switch random.number(0..<5) {
            case 0:
                var bytes = Array(lines[i].utf8)
                bytes[random.number(0..<bytes.count)] ^= UInt8(1 << random.number(0..<7))
                damaged[i] = String(decoding: bytes, as: UTF8.self)
            case 1: damaged.remove(at: i)
            case 2: damaged.insert(lines[i], at: j)
            case 3: damaged.removeLast(random.number(1..<8))
            default: damaged.swapAt(i, (i + 1 + j % 7) % 8)
            }
            #expect(isDamaged(damaged, head), "seed \(seed): \(damaged)")
        }
    }

    @Test func whatIsWrongIsSaid() {
        let (lines, _) = trail(5)
        var chain = AuditChain()
        #expect(chain.follow(lines[0]) == nil)
        #expect(chain.follow(lines[3]) == .missing(2))
        #expect(chain.follow(lines[1]) == .misplaced)
        #expect(chain.follow(lines[4]) == nil)
        var other = AuditChain()
        _ = other.append("\"kind\":\"other\"")
        #expect(other.follow(lines[1]) == .foreign)
    }
}
