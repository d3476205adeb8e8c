import Events

/// What each source of a stream said of itself last, in the order in which they first spoke.
struct SourceStates {
    private var sources: [(name: String, state: SourceChange.State)] = []

    mutating func note(_ change: SourceChange) {
        if let i = sources.firstIndex(where: { $0.name == change.source }) {
            sources[i].state = change.state
        } else {
            sources.append((change.source, change.state))
        }
    }

    func state(of source: String) -> SourceChange.State? {
        sources.first { $0.name == source }?.state
    }

    /// Whether nothing will follow: each was read to its end, or can't be read any further.
    var areOver: Bool {
        !sources.isEmpty
            && sources.allSatisfy {
                switch $0.state {
                case .ended, .failed: true
                case .opened, .hungUp, .disconnected: false
                }
            }
    }

    /// How many can't be read.
    var down: Int {
        sources.count {
            switch $0.state {
            case .disconnected, .failed: true
            case .opened, .hungUp, .ended: false
            }
        }
    }

    /// The first one that is down, in its own words; else whether all have ended. nil: all is well.
    var trouble: StreamState? {
        for source in sources {
            switch source.state {
            case .disconnected(let reason): return .disconnected(reason)
            case .failed(let reason): return .failed(reason)
            case .opened, .hungUp, .ended: continue
            }
        }
        return areOver ? .ended : nil
    }
}
