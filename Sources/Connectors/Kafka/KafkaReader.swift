#if Kafka
    import CRdkafka
    import Events

    /// Reads the partitions of a source, all through one queue.
    struct KafkaReader {
        /// Messages taken from the queue at a time.
        private static let batch = 4096
        /// How often topics and partitions that are new are looked for.
        private static let interval = Nanoseconds.seconds(10)
        /// The same while a topic is away.
        private static let shortInterval = Nanoseconds.seconds(1)
        /// How long nothing may come before the library is asked what it has to say.
        private static let pause = Nanoseconds.milliseconds(100)

        private let client: KafkaClient
        private let source: KafkaSource
        private let sink: any ChunkSink
        private let queue: KafkaQueue
        private let description: KafkaMessageDescription?
        private var partitions: [KafkaPartition] = []
        /// The places of a topic's partitions among these, by their numbers.
        private var places: [OpaquePointer: [Int]] = [:]
        private var topics: [String: KafkaTopic] = [:]
        private var latest: (topic: OpaquePointer, partition: Int32, place: Int)?
        private var isDown = false
        private var nextLook = Monotonic.now()

        init(
            _ client: KafkaClient, _ source: KafkaSource, _ sink: some ChunkSink
        ) throws(KafkaError) {
            self.client = client
            self.source = source
            self.sink = sink
            queue = try KafkaQueue(client, isOfGroup: source.group != nil)
            description = source.settings.text(.metadata).map {
                KafkaMessageDescription(name: $0, library: source.library)
            }
        }

        /// Until all is read, somebody says stop, or it can't be done.
        mutating func run() throws(KafkaError) {
            guard let placements = try find() else { return }
            try open(placements)
            if source.group != nil { try queue.join(source.topics) }
            nextLook = Monotonic.now() + Self.interval
            while !sink.isStopping, try step() {}
            guard source.group != nil, flush() else { return }
            queue.leave()
        }

        // MARK: Finding

        /// Asks until the topic is there. nil: stopped.
        private mutating func find() throws(KafkaError) -> [KafkaPlacement]? {
            var pause = Backoff()
            while true {
                guard let answer = ask(from: source.start) else { return nil }
                let trouble: String
                do throws(KafkaError) {
                    let found = try answer.get()
                    if !found.isEmpty { return found }
                    trouble = "there is no topic `\(source.topics.text)`"
                } catch {
                    if error.isFinal { throw error }
                    trouble = client.signs.isDown ? client.trouble : error.message
                }
                if source.isBounded { throw KafkaError(trouble) }
                report(.disconnected("\(source.name): \(trouble)"), source.name)
                if source.stop.wait(for: pause.next()) { return nil }
            }
        }

        private func ask(
            from start: StartPosition
        ) -> Result<[KafkaPlacement], KafkaError>? {
            let (client, names) = (client, source.topics)
            return Errand.run(until: source.stop) {
                let answer = Result { () throws(KafkaError) in
                    try client.placements(names, start: start)
                }
                client.poll()
                return answer
            }
        }

        // MARK: Opening

        private mutating func open(_ placements: [KafkaPlacement]) throws(KafkaError) {
            let known = partitions.count
            for placement in placements { try add(placement) }
            for name in sources(of: known...) {
                report(.opened(partitions: numbers(of: name)), name)
            }
            guard source.group == nil else { return }
            for i in known..<partitions.count { try start(i) }
        }

        private mutating func add(_ placement: KafkaPlacement) throws(KafkaError) {
            let topic: KafkaTopic
            if let known = topics[placement.topic] {
                topic = known
            } else {
                topic = try KafkaTopic(placement.topic, of: client)
            }
            topics[placement.topic] = topic
            let feed = MessageFeed(
                stream: source.stream, origin: source.origin(of: topic.name, placement.partition),
                into: sink)
            // A group says by itself where it begins.
            partitions.append(
                KafkaPartition(
                    topic: topic, number: Int32(placement.partition), feed: feed,
                    position: source.group == nil ? placement.start : 0,
                    end: source.isBounded ? placement.bounds.end : nil))
        }

        /// Begins to read it, or is done with it.
        private mutating func start(_ i: Int) throws(KafkaError) {
            guard !partitions[i].isOver else { return try finish(i) }
            try queue.start(partitions[i])
        }

        /// Nothing more is to come of a bounded one.
        private mutating func finish(_ i: Int) throws(KafkaError) {
            guard partitions[i].feed.flush() else { return }
            let name = partitions[i].feed.origin.source
            let isLast = partitions.allSatisfy { $0.feed.origin.source != name || $0.isOver }
            report(isLast ? .ended : .hungUp(partition: Int(partitions[i].number)), name)
        }

        private func numbers(of name: String) -> [Int] {
            partitions.filter { $0.feed.origin.source == name }.map { Int($0.number) }
        }

        private func sources(of range: PartialRangeFrom<Int>) -> [String] {
            var names: [String] = []
            for partition in partitions[range] where !names.contains(partition.feed.origin.source) {
                names.append(partition.feed.origin.source)
            }
            return names
        }

        private func report(_ state: SourceChange.State, _ name: String) {
            sink.report(SourceChange(stream: source.stream, source: name, state: state))
        }

        // MARK: Reading

        /// What has come, or a wait for it. False: over, or stopped.
        private mutating func step() throws(KafkaError) -> Bool {
            let count = queue.receive(Self.batch)
            defer { queue.release(count) }
            for i in 0..<count {
                guard try take(queue[i]) else { return false }
            }
            guard flush() else { return false }
            if source.isBounded, partitions.allSatisfy(\.isOver) { return false }
            client.poll()
            try notice()
            if count > 0 { return true }
            switch source.stop.wait(input: client.arrivals.receiver, for: Self.pause) {
            case .stopped: return false
            case .ready: client.arrivals.clear()
            case .timedOut: break
            }
            return try look()
        }

        private mutating func take(
            _ message: UnsafePointer<rd_kafka_message_t>
        ) throws(KafkaError) -> Bool {
            guard let i = place(of: message) else { return true }
            guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                try note(message, at: i)
                return true
            }
            let wasOver = partitions[i].isOver
            guard partitions[i].take(message, description) else { return false }
            if !wasOver, partitions[i].isOver { try finish(i) }
            return true
        }

        private mutating func place(of message: UnsafePointer<rd_kafka_message_t>) -> Int? {
            guard let topic = message.pointee.rkt else { return nil }
            let number = message.pointee.partition
            if let latest, latest.topic == topic, latest.partition == number {
                return latest.place
            }
            if places[topic] == nil {
                let name = String(cString: client.functions.pointee.topic_name(topic)!)
                places[topic] = partitions.indices.filter { partitions[$0].topic.name == name }
            }
            guard let place = places[topic]?.first(where: { partitions[$0].number == number })
            else { return nil }
            latest = (topic, number, place)
            return place
        }

        /// Hands over what is there; a group is told so. False: stopped.
        private mutating func flush() -> Bool {
            for i in partitions.indices where partitions[i].feed.holdsSomething {
                guard partitions[i].feed.flush() else { return false }
                if source.group != nil { queue.store(partitions[i]) }
            }
            return true
        }

        // MARK: Trouble

        private mutating func note(
            _ message: UnsafePointer<rd_kafka_message_t>, at i: Int
        ) throws(KafkaError) {
            let code = message.pointee.err
            switch code {
            case RD_KAFKA_RESP_ERR__PARTITION_EOF:
                // Behind the last record there may be marks of transactions, which are none.
                guard partitions[i].end != nil, !partitions[i].isOver else { return }
                partitions[i].position = max(partitions[i].position, message.pointee.offset)
                if partitions[i].isOver { try finish(i) }
            case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET: try beginAnew(i)
            case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
                RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
                let name = partitions[i].topic.name
                if source.isBounded { throw KafkaError("the topic `\(name)` is gone") }
                guard !partitions[i].isAway else { return }
                partitions[i].isAway = true
                nextLook = Monotonic.now() + Self.shortInterval
                report(
                    .disconnected("\(source.name): the topic `\(name)` is gone"),
                    partitions[i].feed.origin.source)
            default:
                let error = client.error(code)
                if error.isFinal { throw error }
            }
        }

        /// What was to be read next isn't there. Before the start of the log it was deleted by age
        /// or size, and reading goes on at what is left; behind the end it is another log.
        private mutating func beginAnew(_ i: Int) throws(KafkaError) {
            let (client, topic, number) = (client, partitions[i].topic, partitions[i].number)
            let answer = Errand.run(until: source.stop) {
                Result { () throws(KafkaError) in
                    try client.bounds(of: topic.name, Int(number), within: KafkaClient.patience)
                }
            }
            guard let answer, case .success(let bounds) = answer else {
                partitions[i].isAway = true
                return nextLook = Monotonic.now() + Self.shortInterval
            }
            if partitions[i].position > bounds.end {
                guard partitions[i].feed.beginIncarnation() else { return }
            }
            partitions[i].position = bounds.logStart
            try queue.start(partitions[i])
        }

        /// Says when the brokers are away, and when they are back.
        private mutating func notice() throws(KafkaError) {
            guard client.signs.isDown != isDown else { return }
            isDown.toggle()
            if isDown, source.isBounded { throw KafkaError(client.trouble) }
            for name in sources(of: 0...) {
                report(
                    isDown
                        ? .disconnected("\(source.name): \(client.trouble)")
                        : .opened(partitions: numbers(of: name)), name)
            }
        }

        /// Looks for topics and partitions that are new, or back. False: stopped.
        private mutating func look() throws(KafkaError) -> Bool {
            guard !source.isBounded, !isDown, Monotonic.now() >= nextLook else { return true }
            guard let answer = ask(from: .beginning) else { return false }
            guard case .success(let found) = answer else { return true }
            try readAgain(found)
            try open(
                found.filter { new in
                    !partitions.contains {
                        $0.topic.name == new.topic && Int($0.number) == new.partition
                    }
                })
            places = [:]
            let isAnyAway = partitions.contains(where: \.isAway)
            nextLook = Monotonic.now() + (isAnyAway ? Self.shortInterval : Self.interval)
            return true
        }

        private mutating func readAgain(_ found: [KafkaPlacement]) throws(KafkaError) {
            for i in partitions.indices where partitions[i].isAway {
                let place = found.first {
                    $0.topic == partitions[i].topic.name
                        && $0.partition == Int(partitions[i].number)
                }
                guard let place else { continue }
                partitions[i].isAway = false
                let name = partitions[i].feed.origin.source
                report(.opened(partitions: numbers(of: name)), name)
                if partitions[i].position > place.bounds.end {
                    guard partitions[i].feed.beginIncarnation() else { return }
                    partitions[i].position = place.bounds.logStart
                }
                if source.group == nil { try queue.start(partitions[i]) }
            }
        }
    }
#endif
