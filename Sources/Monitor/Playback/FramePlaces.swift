import Recording
import Synchronization

/// Where the frames of a recording begin that somebody has read, so that reading can go on there.
final class FramePlaces: Sendable {
    /// At most so many; past that every second one is forgotten.
    private static let limit = 65_536

    private let places = Mutex<[RecordingReader.FramePlace]>([])

    /// Places come in their order; one that is known is left alone.
    func note(_ place: RecordingReader.FramePlace) {
        places.withLock { places in
            guard place.offset > places.last?.offset ?? -1 else { return }
            places.append(place)
            guard places.count > Self.limit else { return }
            places = stride(from: 0, to: places.count, by: 2).map { places[$0] }
        }
    }

    /// The last frame that begins before the input of that number.
    func place(before number: UInt64) -> RecordingReader.FramePlace? {
        places.withLock { places in
            places[..<places.partitioningIndex { $0.number >= number }].last
        }
    }
}

extension Array {
    /// The first index from which on all elements are so; they are in that order.
    fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
