import Events

/// The windows of a view over a story, computed naively: one value per event and group.
struct StoryWindows {
    struct Tally {
        var count = 0
        var sum = 0.0
        var mean: Double { sum / Double(count) }
    }

    let size: Int64
    let hop: Int64
    /// By group: what fell into the hop that begins at this multiple of it.
    private(set) var slots: [String: [Int64: Tally]] = [:]

    /// `size` and `hop` in seconds; `of`: the event's group and value, nil where it is filtered.
    init(
        _ story: ToldStory, size: Int64, hop: Int64, byArrival: Bool = false,
        of value: (StoryRecord) -> (group: String, value: Double)?
    ) {
        (self.size, self.hop) = (size, hop)
        for record in story.records {
            guard let (group, value) = value(record) else { continue }
            let time = byArrival ? record.arrival - 1 : record.time
            let slot = floorDiv(time, hop * 1000)
            slots[group, default: [:]][slot, default: Tally()].count += 1
            slots[group]![slot]!.sum += value
        }
    }

    /// The window of a group that ends at this second.
    func tally(_ group: String, end: Int64) -> Tally {
        var tally = Tally()
        for slot in (floorDiv(end - size, hop))..<floorDiv(end, hop) {
            guard let part = slots[group]?[slot] else { continue }
            tally.count += part.count
            tally.sum += part.sum
        }
        return tally
    }
}

/// A rule over windows: when it holds, when a firing one is over, and for how many groups at once.
struct StoryRule {
    var holdFor: Int64
    var across = 1
    var when: (StoryWindows.Tally) -> Bool
    /// nil: when it no longer holds.
    var clear: ((StoryWindows.Tally) -> Bool)?

    /// The stretches of event time in which it fires, in seconds of the story, up to `seconds`.
    func firings(over windows: StoryWindows, seconds: Int64) -> [ClosedRange<Int64>] {
        var since: [String: Int64] = [:]
        var firing: Set<String> = []
        var stretches: [ClosedRange<Int64>] = []
        var began: Int64?
        for end in stride(from: windows.hop, through: seconds, by: Int(windows.hop)) {
            for group in windows.slots.keys {
                let tally = windows.tally(group, end: end)
                let holds = when(tally)
                if firing.contains(group) {
                    if clear?(tally) ?? !holds { firing.remove(group) }
                } else if holds {
                    since[group] = since[group] ?? end
                    if end - since[group]! >= holdFor { firing.insert(group) }
                }
                if !holds { since[group] = nil }
            }
            if firing.count >= across { began = began ?? end }
            if firing.count < across, let first = began {
                stretches.append(first...end)
                began = nil
            }
        }
        if let began { stretches.append(began...(seconds + 1)) }
        return stretches
    }
}
