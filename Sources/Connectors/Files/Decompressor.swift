import CZlib
import CZstd
import Glibc

/// How a file is compressed, told by its first bytes and not by its name.
package enum Compression: String, Sendable {
    case gzip, zstd

    /// nil: none that is known.
    package init?(magic: some Collection<UInt8>) {
        if magic.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else {
            return nil
        }
    }

    /// Of a regular file; nil also for one that can't be read, which its reader will say.
    package init?(path: String) {
        guard let file = try? OpenFile(path), let found = file.compression else { return nil }
        self = found
    }
}

extension OpenFile {
    /// nil for a pipe or a device, which can't be looked at without reading.
    var compression: Compression? {
        guard isRegular else { return nil }
        var magic = [UInt8](repeating: 0, count: 4)
        let n = pread(descriptor, &magic, magic.count, 0)
        return Compression(magic: magic.prefix(max(0, n)))
    }
}

/// What is wrong with compressed data.
package struct DecompressionError: Error, CustomStringConvertible {
    package var description: String
}

/// Takes compressed bytes in any pieces, and gives what they stand for. Several members or frames
/// behind each other are read as one, as the programs of the same names do.
package final class Decompressor {
    private static let pieceSize = 256 << 10

    private let compression: Compression
    private var inflater = z_stream()
    private let zstd: OpaquePointer?
    private var piece = [UInt8](repeating: 0, count: Decompressor.pieceSize)
    /// Whether the bytes so far end where the data may end.
    package private(set) var isComplete = false

    package init(_ compression: Compression) {
        self.compression = compression
        zstd = compression == .zstd ? ZSTD_createDStream() : nil
        guard compression == .gzip else { return }
        // 32 more than the window's size: the header of gzip or zlib is recognised.
        let status = inflateInit2_(
            &inflater, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib can't be used")
    }

    deinit {
        ZSTD_freeDStream(zstd)
        if compression == .gzip { inflateEnd(&inflater) }
    }

    /// False when `body` says stop, which gets the pieces one after another.
    package func decompress(
        _ input: [UInt8], _ body: ([UInt8]) -> Bool
    ) throws(DecompressionError) -> Bool {
        var offset = 0
        while true {
            let (taken, made) =
                compression == .gzip
                ? try inflate(input, from: offset) : try decompressZstd(input, from: offset)
            offset += taken
            if made > 0, !body(Array(piece[..<made])) { return false }
            // What is left in the decompressor comes out before the next input.
            if offset == input.count, made < piece.count { return true }
        }
    }

    private func inflate(
        _ input: [UInt8], from offset: Int
    ) throws(DecompressionError) -> (taken: Int, made: Int) {
        if isComplete, offset < input.count {
            inflateReset(&inflater)
            isComplete = false
        }
        guard !isComplete else { return (0, 0) }
        let room = piece.count
        var status = Z_OK
        let (left, unused) = input.withUnsafeBytes { source in
            piece.withUnsafeMutableBytes { target in
                let bytes = source.bindMemory(to: UInt8.self)
                inflater.next_in = UnsafeMutablePointer(
                    mutating: bytes.baseAddress.map { $0 + offset })
                inflater.avail_in = UInt32(bytes.count - offset)
                inflater.next_out = target.bindMemory(to: UInt8.self).baseAddress
                inflater.avail_out = UInt32(room)
                status = CZlib.inflate(&inflater, Z_NO_FLUSH)
                return (Int(inflater.avail_in), Int(inflater.avail_out))
            }
        }
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            throw DecompressionError(description: "the gzip data is damaged")
        }
        isComplete = status == Z_STREAM_END
        return (input.count - offset - left, room - unused)
    }

    private func decompressZstd(
        _ input: [UInt8], from offset: Int
    ) throws(DecompressionError) -> (taken: Int, made: Int) {
        var status = 0
        let (taken, made) = input.withUnsafeBytes { source in
            piece.withUnsafeMutableBytes { target in
                var from = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: offset)
                var to = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                status = ZSTD_decompressStream(zstd, &to, &from)
                return (from.pos - offset, to.pos)
            }
        }
        guard ZSTD_isError(status) == 0 else {
            throw DecompressionError(description: "the zstd data is damaged")
        }
        if taken > 0 || made > 0 { isComplete = status == 0 }
        return (taken, made)
    }
}
