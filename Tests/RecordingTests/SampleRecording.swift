import Events
import Foundation
import TestSeeds

@testable import Recording

/// A recording made for a test, what went into it, and the file's bytes.
struct SampleRecording {
    static let start = Timestamp(rawValue: 1_767_268_800_000_000_000)

    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("weir-recording-\(UUID().uuidString)")
    /// Every input, those ticks too that the file leaves out.
    private(set) var inputs: [String] = []
    private(set) var bytes: [UInt8] = []

    /// Of so many seconds; a frame ends after ten. `commits`: about how often in a second.
    init(seed: UInt64, seconds: Int = 45, isClosed: Bool = true, id: UInt64 = 7) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var random = SplitMix(seed: seed)
        let header = RecordingHeader(
            program: "test", startedAt: Self.start, digest: 1, bounded: [1],
            dashboard: "version: 1\nviews: { v: count() }\n")
        let writer = try RecordingWriter(path: path, header: header, id: id)
        var number: UInt64 = 0
        var tick = Self.start + Input.tickInterval
        var written: Timestamp?
        var hasTick = false
        var now = Self.start
        let end = Self.start + .seconds(Int64(seconds))
        while now < end {
            now = now + .milliseconds(Int64(random.number(1..<200)))
            while tick < now {
                number += 1
                let input = NumberedInput(number: number, receivedAt: tick, input: .tick(tick))
                inputs.append(Self.text(input))
                if !hasTick || tick - written! >= .seconds(1) {
                    writer.append(input)
                    written = tick
                }
                hasTick = true
                tick = tick + Input.tickInterval
            }
            guard !random.once(in: 3) else { continue }
            number += 1
            let input = NumberedInput(
                number: number, receivedAt: now, input: Self.input(&random, at: now))
            inputs.append(Self.text(input))
            if written == nil { tick = now + Input.tickInterval }
            if case .dashboard(let plan) = input.input {
                writer.append(dashboard: "title: \(plan)\n", plan: plan, input)
            } else {
                writer.append(input)
            }
            written = now
            writer.append(hash: number &* 31, of: number)
            if random.once(in: 4) { try writer.commit() }
        }
        if isClosed {
            try writer.close(hash: (number, 99))
        } else {
            try writer.commit()
        }
        bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    var path: String { folder.appendingPathComponent("sample.weir").path }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    private static func input(_ random: inout SplitMix, at now: Timestamp) -> Input {
        switch random.number(0..<12) {
        case 0:
            return .source(SourceChange(stream: 0, source: "a b", state: .disconnected("gone")))
        case 1:
            return .lag(LagSample(probe: 0, group: "g", answer: .none("no\nanswer")))
        case 2: return .dashboard(random.number(1..<9))
        default:
            let lines = random.number(1..<30)
            var text = ""
            for _ in 0..<lines {
                text += random.pick(["{\"a\":\(random.next())}", "", "#hash 1 2", "#record x\\y"])
                text += "\n"
            }
            return .chunk(
                Chunk(
                    stream: random.number(0..<2),
                    origin: Origin(source: "s\(random.number(0..<3))", partition: 1),
                    firstOffset: Int64(random.number(0..<1000)), lines: lines,
                    bytes: RecordBytes(Array(text.utf8)), receivedAt: now))
        }
    }

    /// All that an input is.
    static func text(_ input: NumberedInput) -> String {
        var text = "\(input.number) \(input.receivedAt.rawValue) "
        if case .chunk(let chunk) = input.input {
            text += "\(chunk.stream) \(chunk.origin) \(chunk.firstOffset) \(chunk.lines) "
            text +=
                "\(chunk.receivedAt.rawValue) " + String(decoding: chunk.bytes.bytes, as: UTF8.self)
        } else {
            text += "\(input.input)"
        }
        return text
    }
}

/// What a file gives.
struct ReadRecording {
    var inputs: [String] = []
    var hashes: [UInt64: UInt64] = [:]
    var damages: [RecordingDamage] = []
    var end: (number: UInt64, hash: UInt64)?
    /// nil: its header can be read.
    var refusal: String?

    init(_ bytes: [UInt8], in folder: URL) throws {
        let file = folder.appendingPathComponent("read.weir")
        try Data(bytes).write(to: file)
        do {
            read(try RecordingReader(RecordingFile(file.path)))
        } catch {
            refusal = "\(error)"
        }
    }

    init(_ reader: RecordingReader) { read(reader) }

    private mutating func read(_ reader: RecordingReader) {
        while let entry = reader.next() {
            switch entry {
            case .input(let input): inputs.append(SampleRecording.text(input))
            case .hash(let number, let hash): hashes[number] = hash
            case .damage(let damage): damages.append(damage)
            case .end(let number, let hash): end = (number, hash)
            case .dashboard, .alert, .gap: break
            }
        }
    }
}
