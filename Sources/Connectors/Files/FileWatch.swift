import Events
import Glibc

/// Says when a followed file, or the directory entry that names it, may have changed.
///
/// It only ever wakes; what has changed is then looked up. So a lost notification (a network file
/// system, a full queue, no inotify left in the system) costs a quarter of a second, not a record.
struct FileWatch {
    /// The longest time without a look.
    static let interval = Nanoseconds.milliseconds(250)

    private static let contentMask =
        UInt32(IN_MODIFY) | UInt32(IN_ATTRIB) | UInt32(IN_MOVE_SELF) | UInt32(IN_DELETE_SELF)
    private static let entryMask =
        UInt32(IN_CREATE) | UInt32(IN_DELETE) | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO)

    private let inotify: Int32
    private let directory: String
    private var file: Int32 = -1

    init(_ path: String) {
        inotify = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        if let slash = path.lastIndex(of: "/") {
            directory = String(path[...slash])
        } else {
            directory = "."
        }
        watchDirectory()
    }

    func finish() {
        if inotify >= 0 { close(inotify) }
    }

    /// From now on this file's content counts, whatever its name.
    mutating func turn(to newFile: OpenFile) {
        if file >= 0 { inotify_rm_watch(inotify, file) }
        file = inotify_add_watch(inotify, "/proc/self/fd/\(newFile.descriptor)", Self.contentMask)
    }

    /// Waits until something may have changed. False: stop.
    func wait(until stop: Stop) -> Bool {
        switch stop.wait(input: inotify, for: Self.interval) {
        case .stopped: return false
        case .ready: drain()
        case .timedOut: watchDirectory()
        }
        return true
    }

    /// Again and again, because the directory may come later, or be another one by now; for one
    /// that is watched already it changes nothing.
    private func watchDirectory() { inotify_add_watch(inotify, directory, Self.entryMask) }

    private func drain() {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while read(inotify, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
