#if Kafka
    import CRdkafka

    /// librdkafka's functions, loaded by whoever needs them first and never given back.
    struct KafkaLibrary: Sendable {
        /// Filled before anybody sees it, and never written again.
        nonisolated(unsafe) let functions: UnsafePointer<crdkafka>

        private static let shared: Result<KafkaLibrary, RemoteError> = {
            let table = UnsafeMutablePointer<crdkafka>.allocate(capacity: 1)
            table.initialize(to: crdkafka())
            if let failure = crdkafka_load(table) {
                return .failure(
                    RemoteError(
                        "librdkafka can't be loaded (\(String(cString: failure))); install it: "
                            + "apt install librdkafka1"))
            }
            return .success(KafkaLibrary(functions: UnsafePointer(table)))
        }()

        static func load() throws(RemoteError) -> KafkaLibrary { try shared.get() }

        /// In the library's words.
        func text(of code: rd_kafka_resp_err_t) -> String {
            String(cString: functions.pointee.err2str(code)!)
        }
    }
#endif
