/// A function of one event's values. Of a null, or of a value of another type than it takes, each
/// is null, and a condition false, unless it says otherwise.
///
/// Texts are of Unicode scalars. A number that isn't finite is null.
package enum Function: String, Hashable, Sendable, CaseIterable {
    /// Text → text. Case is Unicode's, by the default mappings of each scalar.
    case lower, upper
    /// Text → text: without white space at both ends.
    case trim
    /// Text → number of scalars.
    case length
    /// Text, text → condition.
    case contains, startsWith = "starts_with", endsWith = "ends_with"
    /// Text, text, text → text: each occurrence of the second, from the left, becomes the third. An
    /// empty second one changes nothing.
    case replace
    /// Text, start, (length) → text: from the scalar `start`, the first being 0, to the end or so
    /// many. What lies outside is left out; a negative start or length is null.
    case substring
    /// Text, separator, place → text: the part at `place`, the first being 0; null where there is
    /// none, or the separator is empty.
    case split
    /// One or more texts, numbers or truths → text, one after the other. Numbers as they are
    /// printed.
    case concat
    /// One or more values → the first that isn't null.
    case coalesce
    /// Condition, value, value → the second where it holds, else the third.
    case choose = "if"
    /// Number → number. `round` goes to the nearest, away from zero when it is between two; its
    /// second argument is how many decimal places, a whole number from 0 to 15. `trunc` goes
    /// towards zero.
    case abs, sign, round, floor, ceil, trunc, sqrt, exp
    /// x, y → x to the power of y.
    case pow
    /// The natural logarithm, and those to base 2 and 10; null for x ≤ 0.
    case log, log2, log10
    /// x, low, high → the nearest to x in [low, high]; null where low > high.
    case clamp
    /// Two or more numbers → the least, the greatest.
    case least, greatest
    /// Text → the number that it writes, in JSON's form, with white space around it allowed; a
    /// number is itself; of anything else null.
    case number
}
