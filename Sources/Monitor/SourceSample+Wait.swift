import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension SourceSample {
    /// How long to look at a source before its dashboard is made. It waits for the first line
    /// however long that takes, and after it for so many that they tell something. A person who
    /// has waited for a second learns what for.
    struct Wait {
        /// After the first line: until there are enough of them, and for a stream with a record a
        /// second.
        static let patience = Nanoseconds.seconds(2)
        static let longPatience = Nanoseconds.seconds(6)
        static let enoughLines = 20
        /// Without a word.
        static let silence = Nanoseconds.seconds(1)

        let source: String
        private let start = now()
        private var firstLineAt: Int64?
        private var lines = 0
        private var hasSaidWaiting = false
        /// Where nobody looks at a screen, the dashboard isn't waited for either.
        private var hasSaidLooking = !Output.isTerminal

        init(source: String) { self.source = source }

        /// In milliseconds; -1: however long it takes.
        var timeout: Int64 {
            let ends = [nextWord, end].compactMap { $0 }
            return ends.min().map { (max(0, $0 - Self.now()) + 999_999) / 1_000_000 } ?? -1
        }

        var isOver: Bool { end.map { $0 <= Self.now() } ?? false }

        mutating func noteLines(in bytes: ArraySlice<UInt8>) {
            lines += bytes.count { $0 == 10 }
            if firstLineAt == nil, lines > 0 { firstLineAt = Self.now() }
        }

        /// Says what is being waited for, if it is time to.
        mutating func saySo() {
            guard let nextWord, nextWord <= Self.now() else { return }
            if firstLineAt == nil {
                Output.say("waiting for the first line of \(source) …")
                hasSaidWaiting = true
            } else {
                Output.say("looking at the first records of \(source) to see what they are …")
                hasSaidLooking = true
            }
        }

        /// nil: there has been no line yet.
        private var end: Int64? {
            let patience = lines >= Self.enoughLines ? Self.patience : Self.longPatience
            return firstLineAt.map { $0 + patience.rawValue }
        }

        /// nil: there is nothing more to say.
        private var nextWord: Int64? {
            let hasSaid = firstLineAt == nil ? hasSaidWaiting : hasSaidLooking
            return hasSaid ? nil : (firstLineAt ?? start) + Self.silence.rawValue
        }

        private static func now() -> Int64 {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        }
    }
}
