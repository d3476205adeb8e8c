import CPCRE2
import Events

/// What one text may still cost, where PCRE2 calls back before each item of the pattern that it
/// tries: an item costs one, and each byte that was run over since the one before. So all attempts
/// of a text are paid from one purse; PCRE2's own limit is that of a single attempt.
///
/// It reads no clock: the same text always ends the same way.
struct MatchWork {
    /// Of a text of so many bytes: enough to go over it a few times; a short one may be gone over
    /// as often as it has bytes.
    static func limit(_ count: Int) -> Int { max(Chunk.recordLimit, 32 * count) }

    private var left = 0
    private var position = 0
    private var price = 1

    /// A text is begun. Items of a pattern that refers back compare texts, which moves nothing.
    mutating func begin(_ count: Int, refersBack: Bool) {
        left = Self.limit(count)
        position = 0
        price = refersBack ? 1 + count / 16 : 1
    }

    /// False: there is nothing left.
    fileprivate mutating func pay(at place: Int) -> Bool {
        left -= price + max(0, place - position)
        position = place
        return left >= 0
    }

    /// Has matches in the context paid from `work`, which must live as long.
    static func count(in context: OpaquePointer, _ work: UnsafeMutablePointer<MatchWork>) {
        _ = pcre2_set_callout_8(
            context,
            { block, work in
                guard let block, let work = work?.assumingMemoryBound(to: MatchWork.self) else {
                    return 0
                }
                return work.pointee.pay(at: block.pointee.current_position)
                    ? 0 : PCRE2_ERROR_CALLOUT
            }, work)
    }
}
