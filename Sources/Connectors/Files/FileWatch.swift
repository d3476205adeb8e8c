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
    private var folders: Set<String> = []
    private var file: (watch: Int32, identity: OpenFile.Identity)?

    /// The folders in which files of these paths may come and go.
    init(folders paths: [String]) {
        inotify = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        folders = Set(paths.map(Self.folder))
        watchFolders(Self.entryMask)
    }

    func finish() {
        if inotify >= 0 { close(inotify) }
    }

    /// From now on this file's content counts, whatever its name.
    mutating func turn(to newFile: OpenFile?) {
        guard let newFile, newFile.identity != file?.identity else { return }
        if let file { inotify_rm_watch(inotify, file.watch) }
        let watch = inotify_add_watch(
            inotify, "/proc/self/fd/\(newFile.descriptor)", Self.contentMask)
        file = (watch, newFile.identity)
    }

    /// The contents of all files in the folders of these paths count.
    mutating func cover(_ paths: [String]) {
        folders.formUnion(paths.map(Self.folder))
        watchFolders(Self.entryMask | Self.contentMask)
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }

    /// Waits until something may have changed. False: stop.
    func wait(until stop: Stop) -> Bool {
        switch stop.wait(input: inotify, for: Self.interval) {
        case .stopped: return false
        case .ready: drain()
        case .timedOut: watchFolders(Self.entryMask)
        }
        return true
    }

    /// Again and again, because a folder may come later, or be another one by now; for one that is
    /// watched already it only adds to what counts.
    private func watchFolders(_ mask: UInt32) {
        for folder in folders {
            inotify_add_watch(inotify, folder, mask | UInt32(IN_MASK_ADD))
        }
    }

    private func drain() {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while read(inotify, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
