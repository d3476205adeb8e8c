import CPCRE2
import Events

/// Why a text is not a regular expression, in the words of PCRE2.
package struct PatternError: Error, Hashable, Sendable {
    package var message: String
    /// How much of the pattern had been read, in Unicode scalars.
    package var offset: Int
}

/// A regular expression of PCRE2, compiled to machine code where that can be had, with the memory
/// for matching. For one thread, and text that is valid UTF-8.
///
/// A match is bounded in steps and in memory, so that no record can hold up those behind it. PCRE2
/// bounds the steps of one attempt, and makes an attempt at each byte of the text. So a text is
/// first tried with so few of them that all attempts together are cheap; what has no answer by
/// then is tried again by code that counts its work from the first attempt to the last. Which of
/// the two gives the answer changes only how long it takes.
final class RegularExpression {
    enum Outcome { case match, noMatch, limit }

    /// Steps of one attempt, at most.
    static let stepLimit = 2 * Chunk.recordLimit
    /// Steps of all attempts without counting. A step takes about 2 ns.
    private static let quickLimit = 64 * Chunk.recordLimit
    /// Memory for going back, in KiB.
    static let memoryLimit: UInt32 = 1024

    /// Groups with a name; several may share one.
    private(set) var names: [(name: String, group: Int)] = []
    private let code: OpaquePointer
    /// Calls back before each item of the pattern; nil: the pattern is too large for that.
    private let countingCode: OpaquePointer?
    private let work: UnsafeMutablePointer<MatchWork>
    /// A match can begin only where a line does, and a text is one line.
    private let startsOnce: Bool
    private let refersBack: Bool
    private let context: OpaquePointer
    private let stack: OpaquePointer?
    private let matches: OpaquePointer
    /// Groups of the last match that may have taken part, the whole match counted.
    private var found = 0

    init(_ pattern: String) throws(PatternError) {
        code = try Self.compile(pattern)
        countingCode = try? Self.compile(pattern, PCRE2_AUTO_CALLOUT)
        startsOnce =
            Self.info(PCRE2_INFO_FIRSTCODETYPE, of: code) == 2
            || Self.info(PCRE2_INFO_ALLOPTIONS, of: code) & PCRE2_ANCHORED != 0
        refersBack = Self.info(PCRE2_INFO_BACKREFMAX, of: code) > 0
        stack = pcre2_jit_stack_create_8(32 << 10, Int(Self.memoryLimit) << 10, nil)
        guard let context = pcre2_match_context_create_8(nil),
            let matches = pcre2_match_data_create_from_pattern_8(code, nil)
        else { preconditionFailure("there is no memory for a pattern") }
        (self.context, self.matches) = (context, matches)
        pcre2_jit_stack_assign_8(context, nil, stack.map { UnsafeMutableRawPointer($0) })
        work = .allocate(capacity: 1)
        work.initialize(to: MatchWork())
        MatchWork.count(in: context, work)
        _ = pcre2_set_depth_limit_8(context, UInt32(Self.stepLimit))
        _ = pcre2_set_heap_limit_8(context, Self.memoryLimit)
        names = Self.names(of: code)
    }

    deinit {
        pcre2_match_data_free_8(matches)
        pcre2_match_context_free_8(context)
        pcre2_jit_stack_free_8(stack)
        pcre2_code_free_8(code)
        pcre2_code_free_8(countingCode)
        work.deallocate()
    }

    private static func compile(
        _ pattern: String, _ more: UInt32 = 0
    ) throws(PatternError) -> OpaquePointer {
        var (text, error, offset) = (pattern, Int32(0), 0)
        // \C could cut a character in two.
        let options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | more
        let compiled = text.withUTF8 {
            pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
        }
        guard let compiled else {
            let read = String(decoding: pattern.utf8.prefix(offset), as: UTF8.self)
            throw PatternError(message: message(error), offset: read.unicodeScalars.count)
        }
        // Where machine code can't be had, matching takes longer and gives the same.
        _ = pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE)
        return compiled
    }

    private static func info(_ what: Int32, of code: OpaquePointer) -> UInt32 {
        var value: UInt32 = 0
        _ = pcre2_pattern_info_8(code, UInt32(what), &value)
        return value
    }

    /// Looks for the first match in the text.
    func match(_ text: UnsafeRawBufferPointer) -> Outcome {
        let steps = quickSteps(text.count)
        let outcome = steps > 0 ? match(text, code, steps: steps) : .limit
        guard outcome == .limit, let countingCode else { return outcome }
        return match(text, countingCode, steps: .max)
    }

    /// Steps of one attempt, so that all of them stay in the limit: a step may run over the whole
    /// text, where 16 bytes take as long as a step.
    private func quickSteps(_ count: Int) -> UInt32 {
        let attempts = startsOnce ? 1 : count + 1
        return UInt32(min(Self.stepLimit, Self.quickLimit / attempts / (1 + count / 16)))
    }

    /// Any error but that there is no match is a limit: PCRE2 has no others for text and options
    /// like these.
    private func match(
        _ text: UnsafeRawBufferPointer, _ code: OpaquePointer, steps: UInt32
    ) -> Outcome {
        work.pointee.begin(text.count, refersBack: refersBack)
        _ = pcre2_set_match_limit_8(context, steps)
        let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let result = pcre2_match_8(
            code, start, text.count, 0, PCRE2_NO_UTF_CHECK, matches, context)
        found = Int(max(0, result))
        if result > 0 { return .match }
        return result == PCRE2_ERROR_NOMATCH ? .noMatch : .limit
    }

    /// The text of a group in the text that was matched; nil: the group took no part.
    func text(of group: Int, in text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard group < found, let ends = pcre2_get_ovector_pointer_8(matches) else { return nil }
        let (start, end) = (ends[2 * group], ends[2 * group + 1])
        guard text.indices.contains(start) || start == text.count, start <= end else { return nil }
        return UnsafeRawBufferPointer(rebasing: text[start..<end])
    }

    private static func message(_ error: Int32) -> String {
        let text = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            count = max(
                0, Int(pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The table has entries of one size: the group in two bytes, then the name and a zero.
    private static func names(of code: OpaquePointer) -> [(name: String, group: Int)] {
        let count = info(PCRE2_INFO_NAMECOUNT, of: code)
        let size = info(PCRE2_INFO_NAMEENTRYSIZE, of: code)
        var table: UnsafePointer<UInt8>?
        _ = pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard let table else { return [] }
        return (0..<Int(count)).map { i in
            let entry = table + i * Int(size)
            return (String(cString: entry + 2), Int(entry[0]) << 8 | Int(entry[1]))
        }
    }
}
