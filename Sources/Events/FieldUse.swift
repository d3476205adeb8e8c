/// A field that some query names, and in which forms the engine needs it. Decoders make no other.
package struct FieldUse: Hashable, Sendable {
    package var path: FieldPath
    /// As numbers: for aggregates and arithmetic.
    package var asNumber: Bool
    /// As codes into the batch's dictionary: for keys, comparisons with text, and ids.
    package var asCode: Bool
    /// As instants: for stages.
    package var asTime: Bool

    package init(
        path: FieldPath, asNumber: Bool = false, asCode: Bool = false, asTime: Bool = false
    ) {
        self.path = path
        self.asNumber = asNumber
        self.asCode = asCode
        self.asTime = asTime
    }
}
