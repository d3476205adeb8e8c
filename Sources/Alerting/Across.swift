/// Of how many groups an alert needs to fire before it means something.
package enum Across: Hashable, Sendable {
    /// At least this many; 1 or more.
    case count(Int)
    /// At least this share of the groups seen, above 0 and at most 1; never fewer than one group.
    case share(Double)

    /// How many of `seen` groups that is.
    package func needed(of seen: Int) -> Int {
        switch self {
        case .count(let n): n
        // What rounding added to the product must not ask for one group more.
        case .share(let share): max(1, Int((share * Double(seen) - 1e-9).rounded(.up)))
        }
    }
}
