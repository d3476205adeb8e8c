import CZstd

/// Bytes to independent zstd frames with checksums, of level 3.
///
/// What was put in can be taken out at any time, and can then be decompressed as far as it goes,
/// though its frame goes on.
final class FrameCompressor {
    private let context: OpaquePointer
    private var output: [UInt8] = []
    private var room = [UInt8](repeating: 0, count: 128 << 10)

    init() {
        guard let context = ZSTD_createCCtx() else {
            preconditionFailure("zstd has no memory for a context")
        }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit { ZSTD_freeCCtx(context) }

    func add(_ bytes: [UInt8]) { run(bytes, ZSTD_e_continue) }

    /// Everything that can be written now; with `end` the frame is closed.
    func take(end: Bool) -> [UInt8] {
        run([], end ? ZSTD_e_end : ZSTD_e_flush)
        defer { output = [] }
        return output
    }

    private func run(_ bytes: [UInt8], _ directive: ZSTD_EndDirective) {
        bytes.withUnsafeBytes { source in
            var from = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            var left = 0
            repeat {
                room.withUnsafeMutableBytes { target in
                    var to = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                    left = ZSTD_compressStream2(context, &to, &from, directive)
                    precondition(ZSTD_isError(left) == 0, "zstd refused to compress")
                    output.append(contentsOf: target[..<to.pos])
                }
            } while directive == ZSTD_e_continue ? from.pos < from.size : left > 0
        }
    }
}
