import CPCRE2
import Events

/// Why a text is not a regular expression, in the words of PCRE2.
package struct PatternError: Error, Hashable, Sendable {
    package var message: String
    /// How much of the pattern had been read, in Unicode scalars.
    package var offset: Int

    package init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}

/// A regular expression of PCRE2, compiled to machine code where that can be had. It never changes,
/// so any number of threads may match with it, each with its own `Matcher`.
package final class RegularExpression: Sendable {
    /// Groups with a name; several may share one.
    package let names: [(name: String, group: Int)]
    nonisolated(unsafe) let code: OpaquePointer
    /// Calls back before each item of the pattern; nil: the pattern is too large for that.
    nonisolated(unsafe) let countingCode: OpaquePointer?
    /// A match can begin only where a line does, and a text is one line.
    let startsOnce: Bool
    let refersBack: Bool

    package init(_ pattern: String) throws(PatternError) {
        code = try Self.compile(pattern)
        countingCode = try? Self.compile(pattern, PCRE2_AUTO_CALLOUT)
        startsOnce =
            Self.info(PCRE2_INFO_FIRSTCODETYPE, of: code) == 2
            || Self.info(PCRE2_INFO_ALLOPTIONS, of: code) & PCRE2_ANCHORED != 0
        refersBack = Self.info(PCRE2_INFO_BACKREFMAX, of: code) > 0
        names = Self.names(of: code)
    }

    deinit {
        pcre2_code_free_8(code)
        pcre2_code_free_8(countingCode)
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
