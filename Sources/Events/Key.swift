/// What a view groups by: one value per field of `by`, in the query's order. Without a `by` it is
/// empty and there is one group.
package struct Key: Hashable, Comparable, Sendable {
    package var values: [Scalar]

    package init(_ values: [Scalar]) { self.values = values }

    package static func < (a: Key, b: Key) -> Bool {
        for (x, y) in zip(a.values, b.values) where x != y { return x < y }
        return a.values.count < b.values.count
    }
}

extension Key: CustomStringConvertible {
    /// The values, with a middle dot between them.
    package var description: String {
        values.map(\.description).joined(separator: " · ")
    }
}
