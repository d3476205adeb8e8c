import Events

/// Remembers the ids of events for as long as `dedup_window` says, to know a second one.
///
/// Fingerprints of 64 bits lie in buckets of event time, each 1/16 of the window long; a bucket
/// goes when the watermark is the window past its end, so an id is remembered for the window and
/// at most one bucket longer. At most four million; past that the oldest bucket goes, and
/// `shortened` counts it. The odds that any of n remembered ids collide with a new one are n/2^64:
/// for four million, 2 in 10^13 for each event.
struct Deduplicator {
    static let limit = 4_000_000

    private struct Bucket {
        var index: Int64
        var prints: [UInt64] = []
    }

    private let bucketLength: Int64
    private let window: Int64
    private let limit: Int
    /// Ascending by index.
    private var buckets: [Bucket] = []
    /// Of all buckets.
    private var prints = FingerprintSet()
    /// Buckets given up before their time.
    private(set) var shortened: UInt64 = 0

    init(window: Nanoseconds, limit: Int = Deduplicator.limit) {
        self.window = window.rawValue
        self.limit = limit
        bucketLength = max(1, window.rawValue / 16)
    }

    /// True when the id was remembered; else remembers it from this event's time on.
    mutating func isDuplicate(_ print: UInt64, at time: Int64) -> Bool {
        guard prints.insert(print) else { return true }
        let index = floorDiv(time, bucketLength)
        // Most often the last one.
        var at = buckets.count
        while at > 0, buckets[at - 1].index > index { at -= 1 }
        if at == 0 || buckets[at - 1].index != index {
            buckets.insert(Bucket(index: index), at: at)
            at += 1
        }
        buckets[at - 1].prints.append(print)
        if prints.count > limit { giveUpOldest() }
        return false
    }

    /// Forgets what the watermark has left behind.
    mutating func advance(to watermark: Int64) {
        while let oldest = buckets.first {
            guard watermark >= expiry(oldest) else { return }
            for print in oldest.prints { prints.remove(print) }
            buckets.removeFirst()
        }
    }

    /// The watermark at which the next bucket goes.
    var boundary: Int64 { buckets.first.map(expiry) ?? .max }

    private func expiry(_ bucket: Bucket) -> Int64 {
        let (product, overflow) = bucket.index.multipliedReportingOverflow(by: bucketLength)
        let start = Timestamp(rawValue: overflow ? (bucket.index < 0 ? .min : .max) : product)
        return (start + Nanoseconds(rawValue: bucketLength) + Nanoseconds(rawValue: window))
            .rawValue
    }

    private mutating func giveUpOldest() {
        guard buckets.count > 1 else { return }
        for print in buckets.removeFirst().prints { prints.remove(print) }
        shortened += 1
    }
}

extension Scalar {
    /// 64 bits that tell values apart, the same in every run: FNV-1a over the type and the bytes,
    /// then the finalizer of MurmurHash3, since FNV alone leaves the high bits poor.
    var fingerprint: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        switch self {
        case .null: mix(0)
        case .bool(let b): mix(b ? 2 : 1)
        case .number(let x):
            // Adding zero makes −0 the 0 that it equals.
            mix(3)
            withUnsafeBytes(of: (x + 0).bitPattern.littleEndian) { for byte in $0 { mix(byte) } }
        case .string(let s):
            mix(4)
            for byte in s.utf8 { mix(byte) }
        }
        hash = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ hash >> 33
    }
}
