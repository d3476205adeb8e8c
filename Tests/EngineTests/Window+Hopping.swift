import Events
import Queries

/// Of the windows in these tests, which are hopping ones.
extension Window {
    var size: Nanoseconds { length }

    var hop: Nanoseconds {
        guard case .hopping(_, let hop) = self else { preconditionFailure("not a hopping window") }
        return hop
    }
}
