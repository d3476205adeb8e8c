#if Kafka
    import CKafkaMock
    import Events
    import Foundation

    @testable import Connectors

    /// A cluster of Kafka for a test: the one inside librdkafka, which speaks the real protocol
    /// over TCP and keeps its logs in memory. What is in them is written and read by kcat, in
    /// processes of its own.
    final class KafkaRig {
        let brokers: String
        private let client: OpaquePointer
        private let cluster: OpaquePointer
        private let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("weir-kafka-\(UUID().uuidString)")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false)
            var text = [CChar](repeating: 0, count: 256)
            let configuration = rd_kafka_conf_new()
            rd_kafka_conf_set_log_cb(configuration, nil)
            client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &text, text.count)!
            cluster = rd_kafka_mock_cluster_new(client, 1)!
            brokers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
        }

        deinit {
            rd_kafka_mock_cluster_destroy(cluster)
            rd_kafka_destroy(client)
            try? FileManager.default.removeItem(at: folder)
        }

        func name(_ topic: String) -> String { "kafka://\(brokers)/\(topic)" }

        func create(_ topic: String, partitions: Int = 1) {
            let code = rd_kafka_mock_topic_create(cluster, topic, Int32(partitions), 1)
            precondition(code == RD_KAFKA_RESP_ERR_NO_ERROR, "the mock cluster makes no topic")
        }

        func goDown() { _ = rd_kafka_mock_broker_set_down(cluster, 1) }

        func comeUp() { _ = rd_kafka_mock_broker_set_up(cluster, 1) }

        /// Writes messages, a line each, into a partition.
        func write(
            _ lines: [UInt8], to topic: String, _ partition: Int = 0, _ options: [String] = []
        ) throws {
            let file = folder.appendingPathComponent(UUID().uuidString)
            try Data(lines).write(to: file)
            _ = try kcat(
                ["-P", "-t", topic, "-p", "\(partition)"] + options,
                input: try FileHandle(forReadingFrom: file))
        }

        /// All that is in a partition.
        func read(_ topic: String, _ partition: Int = 0) throws -> [UInt8] {
            try kcat(["-C", "-t", topic, "-p", "\(partition)", "-o", "beginning", "-e", "-q"])
        }

        /// Asks until there is one, for a moment.
        func commit(of group: String, in topic: String) throws -> Int64? {
            let probe = try RemoteGroup(
                probe: 0, group: group, source: name(topic), settings: SourceSettings(),
                stop: Stop()
            ).lagProbe()
            let sink = TestSink()
            let thread = SourceThread { probe.run(into: sink) }
            defer { sink.stop() }
            _ = sink.wait { $0.commits.last?.map { $0 > 0 } ?? false }
            withExtendedLifetime(thread) {}
            return sink.commits.last ?? nil
        }

        private func kcat(
            _ arguments: [String], input: FileHandle = .nullDevice
        ) throws -> [UInt8] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/kcat")
            process.arguments = ["-b", brokers] + arguments
            process.standardInput = input
            process.standardError = FileHandle.nullDevice
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return Array(data)
        }

        func record(_ n: Int) -> String { "{\"n\":\(n)}" }

        func lines(_ numbers: Range<Int>) -> [UInt8] {
            numbers.flatMap { Array((record($0) + "\n").utf8) }
        }
    }

    /// A member of a group that only commits, what it is told.
    final class KafkaCommitter {
        private let client: OpaquePointer

        init(_ group: String, of rig: KafkaRig) throws {
            var text = [CChar](repeating: 0, count: 256)
            let configuration = rd_kafka_conf_new()
            rd_kafka_conf_set_log_cb(configuration, nil)
            for (name, value) in [
                ("bootstrap.servers", rig.brokers), ("group.id", group),
                ("enable.auto.commit", "false"),
            ] {
                rd_kafka_conf_set(configuration, name, value, &text, text.count)
            }
            client = rd_kafka_new(RD_KAFKA_CONSUMER, configuration, &text, text.count)!
        }

        deinit { rd_kafka_destroy(client) }

        struct Refused: Error {}

        /// The offset of the next record, in the first partition.
        func commit(_ offset: Int64, in topic: String) throws {
            let list = rd_kafka_topic_partition_list_new(1)!
            defer { rd_kafka_topic_partition_list_destroy(list) }
            rd_kafka_topic_partition_list_add(list, topic, 0)?.pointee.offset = offset
            guard rd_kafka_commit(client, list, 0) == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw Refused()
            }
        }
    }

    extension TestSink {
        /// Of the first partition, at each poll that was answered.
        var commits: [Int64?] {
            lagSamples.compactMap { sample in
                guard case .offsets(let offsets, _) = sample.answer else { return nil }
                return offsets.first?.committed
            }
        }
    }
#endif
