/// One field of a batch, in the forms its `FieldUse` asks for; each array has a value per row, or
/// is empty where that form wasn't asked for.
package struct Column: Sendable {
    /// What a record holds in this field.
    package enum Kind: UInt8, Sendable {
        case missing, null, bool, number, string
        /// An object or an array.
        case compound
    }

    /// Always there.
    package var kinds: [Kind]
    /// The number, else NaN: an aggregate takes numbers only.
    package var numbers: [Double]
    /// The place of the value in `dictionary`; 0 is null (and missing, and compound).
    package var codes: [UInt32]
    /// The values the codes stand for, each once, in the order of first appearance; [0] is null.
    package var dictionary: [Scalar]
    /// Dictionaries of the same number other than 0 give a value the same code, and the later one
    /// only has more of them. It says nothing about the values, so no result may depend on it.
    package var dictionaryNumber: UInt64 = 0
    /// The instant in nanoseconds, as in `Timestamp`; `.min` where there is none that can be read.
    package var times: [Int64]

    package init(
        kinds: [Kind] = [], numbers: [Double] = [], codes: [UInt32] = [],
        dictionary: [Scalar] = [.null], times: [Int64] = []
    ) {
        self.kinds = kinds
        self.numbers = numbers
        self.codes = codes
        self.dictionary = dictionary
        self.times = times
    }
}
