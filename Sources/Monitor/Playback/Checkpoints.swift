import Engine
import Events
import Panels

/// A state to go on from.
struct Checkpoint: Sendable {
    let engine: Engine
    /// nil: of an origin that is decoded from its beginning each time.
    let decoder: DecoderState?

    /// The last input in it, and its stamp.
    var number: UInt64 { engine.number }
    var at: Timestamp { engine.now }
}

/// The checkpoints of a replay, in order, in memory: one for each so much work, so that no place is
/// far behind one.
///
/// A copy of an engine shares with the next what hasn't changed between them. At most 16 are kept;
/// past that every second one is given up, and from then on they are twice as far apart.
struct Checkpoints: Sendable {
    static let limit = 16

    private var all: [Checkpoint] = []
    /// The time that it takes to apply the inputs between two.
    private var spacing: Nanoseconds

    init(spacing: Nanoseconds) { self.spacing = spacing }

    /// Whether one is to be made behind the input of that number, so much work after the last.
    func isDue(at number: UInt64, after work: Nanoseconds) -> Bool {
        work >= spacing && number > all.last?.number ?? 0
    }

    mutating func add(_ checkpoint: Checkpoint) {
        all.append(checkpoint)
        guard all.count > Self.limit else { return }
        all = stride(from: 1, to: all.count, by: 2).map { all[$0] }
        spacing = spacing + spacing
    }

    /// The last that isn't past the target.
    func last(upTo target: PlaybackTarget) -> Checkpoint? {
        all.last { checkpoint in
            switch target {
            case .number(let number): checkpoint.number <= number
            case .instant(let instant): checkpoint.at <= instant
            }
        }
    }
}
