import CNcurses
import Glibc

/// Standard error while the screen is ours: libraries that write there would tear the picture.
///
/// Only where it is a terminal; a file or a pipe is left alone. The first `limit` bytes are kept
/// and printed when the terminal is given back, and a fault prints them too: the last words of a
/// program that trapped are among them. More is lost.
struct HeldErrorOutput: ~Copyable {
    private static let limit = 1 << 16

    /// The memory file, and standard error as it was. -1 while nothing is held.
    private(set) var held: Int32 = -1
    private(set) var former: Int32 = -1

    deinit {
        if held >= 0 { close(held) }
        if former >= 0 { close(former) }
    }

    mutating func hold() {
        guard held < 0, isatty(2) == 1, let memory = Self.boundedMemory() else { return }
        former = fcntl(2, F_DUPFD_CLOEXEC, 3)
        guard former >= 0 else {
            close(memory)
            return
        }
        held = memory
        dup2(memory, 2)
    }

    /// Standard error is as before; what was held back is returned.
    mutating func giveBack() -> [UInt8] {
        guard held >= 0 else { return [] }
        dup2(former, 2)
        let size = min(Self.limit, Int(lseek(held, 0, SEEK_CUR)))
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, pread(held, buffer.baseAddress, size, 0))
        }
        close(held)
        close(former)
        held = -1
        former = -1
        return bytes
    }

    /// A file that can't grow: a write beyond its end fails, as on a full disk.
    private static func boundedMemory() -> Int32? {
        let flags = CNCURSES_MEMFD_CLOEXEC | CNCURSES_MEMFD_ALLOW_SEALING
        let memory = memfd_create("weir-stderr", UInt32(flags))
        guard memory >= 0 else { return nil }
        let seals = CNCURSES_SEAL_GROW | CNCURSES_SEAL_SHRINK
        guard ftruncate(memory, off_t(limit)) == 0,
            fcntl(memory, Int32(CNCURSES_ADD_SEALS), Int32(seals)) == 0
        else {
            close(memory)
            return nil
        }
        return memory
    }
}
