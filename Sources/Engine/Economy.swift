/// What is done without, in this order, where frames take longer than their budget or the terminal
/// longer to read them. The stream is never slowed for a picture.
package enum Economy: Int, Comparable, Sendable {
    case none
    /// Charts have half as many points.
    case fewerPoints
    /// Panels that have not the keyboard are drawn in every fourth frame.
    case slowerPanels
    /// Fewer frames a second.
    case lowerRate

    package static func < (left: Economy, right: Economy) -> Bool { left.rawValue < right.rawValue }

    /// As the top line says it; nil: nothing is.
    package var word: String? {
        switch self {
        case .none: nil
        case .fewerPoints: "fewer points"
        case .slowerPanels: "slower panels"
        case .lowerRate: "slower"
        }
    }
}
