import Events

/// Where things are in a recording: its frames, and the alerts that changed.
///
/// A skippable zstd frame at the end of the file, so that other programs pass it by: text, a hash
/// of it, and the length and a mark by which it is found from behind. A file without it, because
/// nobody closed it, is as good; it is only read through to know as much.
package struct RecordingIndex: Hashable, Sendable {
    package struct Frame: Hashable, Sendable {
        /// The byte of the file at which it begins.
        package var offset: Int64
        /// The last input before it, and its stamp.
        package var number: UInt64
        package var at: Timestamp
        /// In it.
        package var records: Int
    }

    /// At most twice this many frames are kept; past that every second one is joined with the one
    /// before.
    static let frameLimit = 32_768
    static let alertLimit = 10_000

    package private(set) var frames: [Frame] = []
    /// The newest are left out past the limit.
    package private(set) var alerts: [AlertMark] = []
    package private(set) var alertsLeftOut = 0
    /// Of the whole last snapshot, and its number.
    package internal(set) var end: End?

    package struct End: Hashable, Sendable {
        package var number: UInt64
        package var hash: UInt64
    }

    package init() {}

    package mutating func beginFrame(at offset: Int64, _ start: FrameStart, _ at: Timestamp) {
        if frames.count >= 2 * Self.frameLimit { thin() }
        frames.append(Frame(offset: offset, number: start.number, at: at, records: 0))
    }

    package mutating func noteRecords(_ count: Int) {
        guard !frames.isEmpty else { return }
        frames[frames.count - 1].records += count
    }

    package mutating func note(_ mark: AlertMark) {
        if alerts.count < Self.alertLimit { alerts.append(mark) } else { alertsLeftOut += 1 }
    }

    private mutating func thin() {
        frames = stride(from: 0, to: frames.count, by: 2).map { i in
            var frame = frames[i]
            if i + 1 < frames.count { frame.records += frames[i + 1].records }
            return frame
        }
    }
}

// MARK: As bytes

extension RecordingIndex {
    private static let magic: UInt32 = 0x184D_2A57
    private static let mark: UInt64 = 0x7864_6E69_7269_6577
    private static let footer = 16
    private static let sizeLimit = 64 << 20

    /// A skippable frame.
    var skippableFrame: [UInt8] {
        var text = frames.map { "\($0.offset) \($0.number) \($0.at.rawValue) \($0.records)\n" }
            .joined()
        text += alerts.map { String(decoding: RecordingLine.alert($0).bytes, as: UTF8.self) + "\n" }
            .joined()
        text += "left out \(alertsLeftOut)\n"
        if let end { text += "end at \(end.number) \(end.hash)\n" }
        let body = Array(text.utf8)
        var hash = XXHash()
        hash.update(body)
        let size = body.count + 8 + Self.footer
        return Self.bytes(of: Self.magic) + Self.bytes(of: UInt32(size)) + body
            + Self.bytes(of: hash.value) + Self.bytes(of: UInt64(size)) + Self.bytes(of: Self.mark)
    }

    /// That at the end of a file; nil where there is none that is sound.
    package init?(of file: RecordingFile) {
        let end = file.size
        guard end > Int64(8 + 8 + Self.footer),
            let footer = file.read(at: end - Int64(Self.footer), count: Self.footer),
            Self.word(footer, 8) == Self.mark, case let size = Self.word(footer, 0),
            size >= UInt64(8 + Self.footer), size <= UInt64(Self.sizeLimit),
            Int64(size) + 8 <= end,
            let all = file.read(at: end - Int64(size), count: Int(size))
        else { return nil }
        let body = Array(all[..<(all.count - 8 - Self.footer)])
        var hash = XXHash()
        hash.update(body)
        guard hash.value == Self.word(all, body.count) else { return nil }
        for line in body.split(separator: UInt8(ascii: "\n")) {
            guard read(line) else { return nil }
        }
    }

    private mutating func read(_ line: ArraySlice<UInt8>) -> Bool {
        if case .alert(let mark)? = RecordingLine(line), line.first == UInt8(ascii: "#") {
            alerts.append(mark)
            return true
        }
        let words = line.split(separator: UInt8(ascii: " ")).map {
            String(decoding: $0, as: UTF8.self)
        }
        if words.count == 3, words[0] == "left", let count = Int(words[2]) {
            alertsLeftOut = count
            return true
        }
        if words.count == 4, words[0] == "end", let number = UInt64(words[2]),
            let hash = UInt64(words[3])
        {
            end = End(number: number, hash: hash)
            return true
        }
        guard words.count == 4, let offset = Int64(words[0]), let number = UInt64(words[1]),
            let at = Int64(words[2]), let records = Int(words[3])
        else { return false }
        frames.append(
            Frame(
                offset: offset, number: number, at: Timestamp(rawValue: at), records: records))
        return true
    }

    private static func bytes(of value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
        bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
    }
}
