import CPCRE2
import Events

/// The memory for matching with one regular expression. For one thread, and text that is valid
/// UTF-8.
///
/// A match is bounded in steps and in memory, so that no record can hold up those behind it. PCRE2
/// bounds the steps of one attempt, and makes an attempt at each byte of the text. So a text is
/// first tried with so few of them that all attempts together are cheap; what has no answer by
/// then is tried again by code that counts its work from the first attempt to the last. Which of
/// the two gives the answer changes only how long it takes.
package final class Matcher {
    package enum Outcome { case match, noMatch, limit }

    /// Steps of one attempt, at most.
    static let stepLimit = 2 * Chunk.recordLimit
    /// Steps of all attempts without counting. A step takes about 2 ns.
    private static let quickLimit = 64 * Chunk.recordLimit
    /// Memory for going back, in KiB.
    static let memoryLimit: UInt32 = 1024

    package let expression: RegularExpression
    private let work: UnsafeMutablePointer<MatchWork>
    private let context: OpaquePointer
    private let stack: OpaquePointer?
    private let matches: OpaquePointer
    /// Groups of the last match that may have taken part, the whole match counted.
    private var found = 0

    package init(_ expression: RegularExpression) {
        self.expression = expression
        stack = pcre2_jit_stack_create_8(32 << 10, Int(Self.memoryLimit) << 10, nil)
        guard let context = pcre2_match_context_create_8(nil),
            let matches = pcre2_match_data_create_from_pattern_8(expression.code, nil)
        else { preconditionFailure("there is no memory for a pattern") }
        (self.context, self.matches) = (context, matches)
        pcre2_jit_stack_assign_8(context, nil, stack.map { UnsafeMutableRawPointer($0) })
        work = .allocate(capacity: 1)
        work.initialize(to: MatchWork())
        MatchWork.count(in: context, work)
        _ = pcre2_set_depth_limit_8(context, UInt32(Self.stepLimit))
        _ = pcre2_set_heap_limit_8(context, Self.memoryLimit)
    }

    deinit {
        pcre2_match_data_free_8(matches)
        pcre2_match_context_free_8(context)
        pcre2_jit_stack_free_8(stack)
        work.deallocate()
    }

    /// Looks for the first match in the text.
    package func match(_ text: UnsafeRawBufferPointer) -> Outcome {
        let steps = quickSteps(text.count)
        let outcome = steps > 0 ? match(text, expression.code, steps: steps) : .limit
        guard outcome == .limit, let counting = expression.countingCode else { return outcome }
        return match(text, counting, steps: .max)
    }

    /// Steps of one attempt, so that all of them stay in the limit: a step may run over the whole
    /// text, where 16 bytes take as long as a step.
    private func quickSteps(_ count: Int) -> UInt32 {
        let attempts = expression.startsOnce ? 1 : count + 1
        return UInt32(min(Self.stepLimit, Self.quickLimit / attempts / (1 + count / 16)))
    }

    /// Any error but that there is no match is a limit: PCRE2 has no others for text and options
    /// like these.
    private func match(
        _ text: UnsafeRawBufferPointer, _ code: OpaquePointer, steps: UInt32
    ) -> Outcome {
        work.pointee.begin(text.count, refersBack: expression.refersBack)
        _ = pcre2_set_match_limit_8(context, steps)
        let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let result = pcre2_match_8(
            code, start, text.count, 0, PCRE2_NO_UTF_CHECK, matches, context)
        found = Int(max(0, result))
        if result > 0 { return .match }
        return result == PCRE2_ERROR_NOMATCH ? .noMatch : .limit
    }

    /// The text of a group in the text that was matched; nil: the group took no part.
    package func text(of group: Int, in text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard group < found, let ends = pcre2_get_ovector_pointer_8(matches) else { return nil }
        let (start, end) = (ends[2 * group], ends[2 * group + 1])
        guard text.indices.contains(start) || start == text.count, start <= end else { return nil }
        return UnsafeRawBufferPointer(rebasing: text[start..<end])
    }
}
