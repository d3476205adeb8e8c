#if Kafka
    import Events

    /// Where the reading of a partition begins, and what it holds now.
    struct KafkaPlacement: Sendable {
        var topic: String
        var partition: Int
        var start: Int64
        var bounds: KafkaBounds
    }

    extension KafkaClient {
        /// How long one question may take, in milliseconds. While nobody answers it is put again.
        static let patience: Int32 = 2000

        /// Every partition of the named topics; none: there is no such topic.
        func placements(
            _ names: KafkaTopicNames, start: StartPosition
        ) throws(KafkaError) -> [KafkaPlacement] {
            var placements: [KafkaPlacement] = []
            for topic in try topics(names, within: Self.patience) {
                placements += try self.placements(in: topic, start: start)
            }
            return placements
        }

        private func placements(
            in topic: KafkaTopicDescription, start: StartPosition
        ) throws(KafkaError) -> [KafkaPlacement] {
            let offsets = try start.time.map { time throws(KafkaError) in
                try self.offsets(of: topic, at: time, within: Self.patience)
            }
            var placements: [KafkaPlacement] = []
            for i in 0..<topic.partitions {
                let bounds = try bounds(of: topic.name, i, within: Self.patience)
                let wanted =
                    switch start {
                    case .beginning: bounds.logStart
                    case .end, .entry: bounds.end
                    case .offset(let number): number
                    case .last(let count): bounds.end - Int64(count)
                    case .time, .ago: offsets?[i] ?? bounds.end
                    }
                let start = min(max(wanted, bounds.logStart), max(bounds.end, bounds.logStart))
                placements.append(
                    KafkaPlacement(topic: topic.name, partition: i, start: start, bounds: bounds))
            }
            return placements
        }
    }

    extension StartPosition {
        /// nil: it is no time.
        fileprivate var time: Timestamp? {
            switch self {
            case .time(let time): time
            case .ago(let length): .wallClock - length
            default: nil
            }
        }
    }
#endif
