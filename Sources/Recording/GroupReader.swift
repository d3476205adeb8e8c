import CZstd
import Events

/// Reads the groups of a file's frames, of which each is whole and as it was written, or isn't
/// given.
///
/// Memory is bounded whatever the file says: by `groupLimit`, and by the window that a frame may
/// ask for. Behind damage it goes on with the next frame.
final class GroupReader {
    /// A longer group is damage.
    static let groupLimit = 64 << 20
    /// 8 MiB, as other programs allow without being asked.
    private static let windowLog: Int32 = 23
    private static let headerLimit = 64
    private static let readSize = 256 << 10
    private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    enum Piece {
        /// `frame`: the byte at which its frame begins. `isFirst`: of its frame.
        case group([UInt8], frame: Int64, isFirst: Bool)
        case damage(RecordingDamage)
    }

    private let file: RecordingFile
    private let context: OpaquePointer
    private var input: [UInt8] = []
    private var inputOffset = 0
    /// Of the file, behind `input`.
    private var readOffset: Int64
    private var frame: Int64?
    private var frameHasEnded = false
    private var isFirst = true
    /// Decompressed, and not given yet.
    private var held: [UInt8] = []
    private var heldOffset = 0
    private var room = [UInt8](repeating: 0, count: 128 << 10)

    init(_ file: RecordingFile, from offset: Int64 = 0) {
        self.file = file
        readOffset = offset
        guard let context = ZSTD_createDCtx() else {
            preconditionFailure("zstd has no memory for a context")
        }
        self.context = context
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLog)
    }

    deinit { ZSTD_freeDCtx(context) }

    /// The byte of the file that comes next.
    var offset: Int64 { readOffset - Int64(input.count - inputOffset) }

    /// nil at the end.
    func next() -> Piece? {
        while true {
            guard let frame else {
                switch beginFrame() {
                case .began: continue
                case .end: return nil
                case .damage(let words): return resume(after: offset, words)
                }
            }
            switch takeGroup() {
            case .group(let bytes):
                defer { isFirst = false }
                return .group(bytes, frame: frame, isFirst: isFirst)
            case .frameIsOver: self.frame = nil
            case .more: continue
            case .damage(let words): return resume(after: frame, words)
            }
        }
    }

    // MARK: Frames

    private enum Beginning { case began, end, damage(String) }

    private func beginFrame() -> Beginning {
        guard fill(8) else { return .damage("it can't be read on") }
        let left = input.count - inputOffset
        if left == 0 { return .end }
        guard left >= 8 else { return .damage("the file ends in the middle of a frame") }
        let head = input[inputOffset..<(inputOffset + 8)]
        if head.prefix(4).elementsEqual(Self.magic) {
            ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
            (frame, isFirst, frameHasEnded) = (offset, true, false)
            held.removeAll(keepingCapacity: true)
            heldOffset = 0
            return .began
        }
        let words = Array(head)
        let magic =
            UInt32(words[0]) | UInt32(words[1]) << 8 | UInt32(words[2]) << 16
            | UInt32(words[3]) << 24
        guard magic & ~0xF == 0x184D_2A50 else { return .damage("no frame begins here") }
        let size =
            Int64(words[4]) | Int64(words[5]) << 8 | Int64(words[6]) << 16
            | Int64(words[7]) << 24
        let end = offset + 8 + size
        guard end <= file.size else { return .damage("the file ends in the middle of its index") }
        seek(to: end)
        return end == file.size ? .end : beginFrame()
    }

    private func seek(to offset: Int64) {
        input.removeAll(keepingCapacity: true)
        (inputOffset, readOffset) = (0, offset)
    }

    /// Has so many bytes ready, or all that are left. False: they can't be read.
    private func fill(_ count: Int) -> Bool {
        while input.count - inputOffset < count, readOffset < file.size {
            guard let more = file.read(at: readOffset, count: Self.readSize) else { return false }
            input = Array(input[inputOffset...]) + more
            (inputOffset, readOffset) = (0, readOffset + Int64(more.count))
        }
        return true
    }

    /// Goes on with the next frame behind the one that began there.
    private func resume(after start: Int64, _ words: String) -> Piece {
        frame = nil
        seek(to: start + 1)
        while fill(Self.magic.count), input.count - inputOffset >= Self.magic.count {
            if let found = input.firstRange(of: Self.magic, from: inputOffset) {
                inputOffset = found
                return .damage(RecordingDamage(offset: start, words: words))
            }
            inputOffset = input.count - Self.magic.count + 1
        }
        seek(to: file.size)
        return .damage(RecordingDamage(offset: start, words: words))
    }

    // MARK: Groups

    private enum Outcome { case group([UInt8]), frameIsOver, more, damage(String) }

    private func takeGroup() -> Outcome {
        let ready = held[heldOffset...]
        let header = ready.prefix(Self.headerLimit)
        if let newline = header.firstIndex(of: UInt8(ascii: "\n")) {
            guard let (count, hash) = Self.groupHeader(header[..<newline]) else {
                return .damage("what is there isn't from a recording")
            }
            if ready.endIndex - newline - 1 >= count {
                return group(from: newline + 1, count, hash)
            }
        } else if header.count == Self.headerLimit {
            return .damage("what is there isn't from a recording")
        }
        if frameHasEnded {
            return ready.isEmpty ? .frameIsOver : .damage("a frame ends in the middle of a group")
        }
        return decompress()
    }

    private func group(from start: Int, _ count: Int, _ hash: UInt64) -> Outcome {
        let bytes = Array(held[start..<(start + count)])
        var found = XXHash()
        found.update(bytes)
        guard found.value == hash else { return .damage("a group isn't as it was written") }
        heldOffset = start + count
        return .group(bytes)
    }

    /// `#group bytes hash`.
    private static func groupHeader(_ line: ArraySlice<UInt8>) -> (Int, UInt64)? {
        let words = line.split(separator: UInt8(ascii: " ")).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard words.count == 3, words[0] == "#group", let count = Int(words[1]),
            0...groupLimit ~= count, let hash = UInt64(hexText: words[2])
        else { return nil }
        return (count, hash)
    }

    private func decompress() -> Outcome {
        guard fill(1) else { return .damage("it can't be read on") }
        if heldOffset > 0 {
            held.removeFirst(heldOffset)
            heldOffset = 0
        }
        var status = 0
        var (taken, made) = (0, 0)
        input.withUnsafeBytes { source in
            room.withUnsafeMutableBytes { target in
                var from = ZSTD_inBuffer(
                    src: source.baseAddress, size: source.count, pos: inputOffset)
                var to = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                status = ZSTD_decompressStream(context, &to, &from)
                (taken, made) = (from.pos - inputOffset, to.pos)
                held.append(contentsOf: target[..<made])
            }
        }
        inputOffset += taken
        guard ZSTD_isError(status) == 0 else {
            return .damage(
                "a frame is damaged (\(String(cString: ZSTD_getErrorName(status))))")
        }
        frameHasEnded = status == 0
        if taken == 0, made == 0, !frameHasEnded {
            return .damage("the file ends in the middle of a frame")
        }
        return .more
    }
}

extension [UInt8] {
    fileprivate func firstRange(of pattern: [UInt8], from start: Int) -> Int? {
        guard count - start >= pattern.count else { return nil }
        return (start...(count - pattern.count)).first { i in
            self[i] == pattern[0] && self[i..<(i + pattern.count)].elementsEqual(pattern)
        }
    }
}
