/// Where text stands in a field that is wider than it.
package enum Alignment: Hashable, Sendable {
    case leading, trailing, center

    /// The blank columns before `width` columns in a field of `columns`; never negative.
    package func offset(of width: Int, in columns: Int) -> Int {
        let spare = max(0, columns - width)
        return switch self {
        case .leading: 0
        case .trailing: spare
        case .center: spare / 2
        }
    }
}
