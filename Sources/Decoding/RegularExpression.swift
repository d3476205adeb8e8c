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
/// A match is bounded in steps and in memory, so that no record can hold up those behind it.
final class RegularExpression {
    enum Outcome { case match, noMatch, limit }

    /// Steps of one attempt: a group that advances byte by byte may walk the longest record.
    static let stepLimit = UInt32(2 * Chunk.recordLimit)
    /// Memory for going back, in KiB.
    static let memoryLimit: UInt32 = 1024

    /// Groups with a name; several may share one.
    private(set) var names: [(name: String, group: Int)] = []
    private let code: OpaquePointer
    private let context: OpaquePointer
    private let stack: OpaquePointer?
    private let matches: OpaquePointer
    /// Groups of the last match that may have taken part, the whole match counted.
    private var found = 0

    init(_ pattern: String) throws(PatternError) {
        var (text, error, offset) = (pattern, Int32(0), 0)
        // \C could cut a character in two.
        let options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C
        let compiled = text.withUTF8 {
            pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
        }
        guard let compiled else {
            let read = String(decoding: pattern.utf8.prefix(offset), as: UTF8.self)
            throw PatternError(message: Self.message(error), offset: read.unicodeScalars.count)
        }
        code = compiled
        // Where machine code can't be had, matching takes longer and gives the same.
        _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
        stack = pcre2_jit_stack_create_8(32 << 10, Int(Self.memoryLimit) << 10, nil)
        guard let context = pcre2_match_context_create_8(nil),
            let matches = pcre2_match_data_create_from_pattern_8(code, nil)
        else { preconditionFailure("there is no memory for a pattern") }
        (self.context, self.matches) = (context, matches)
        pcre2_jit_stack_assign_8(context, nil, stack.map { UnsafeMutableRawPointer($0) })
        _ = pcre2_set_match_limit_8(context, Self.stepLimit)
        _ = pcre2_set_depth_limit_8(context, Self.stepLimit)
        _ = pcre2_set_heap_limit_8(context, Self.memoryLimit)
        names = Self.names(of: code)
    }

    deinit {
        pcre2_match_data_free_8(matches)
        pcre2_match_context_free_8(context)
        pcre2_jit_stack_free_8(stack)
        pcre2_code_free_8(code)
    }

    /// Looks for the first match in the text. Any error but that there is none is a limit: PCRE2
    /// has no others for text and options like these.
    func match(_ text: UnsafeRawBufferPointer) -> Outcome {
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
        var (count, size) = (UInt32(0), UInt32(0))
        var table: UnsafePointer<UInt8>?
        _ = pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
        _ = pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
        _ = pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard let table else { return [] }
        return (0..<Int(count)).map { i in
            let entry = table + i * Int(size)
            return (String(cString: entry + 2), Int(entry[0]) << 8 | Int(entry[1]))
        }
    }
}
