import Events
import Panels

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Who runs the program, by name.
func userName() -> String {
    if let entry = getpwuid(getuid()) { return String(cString: entry.pointee.pw_name) }
    return getenv("USER").map { String(cString: $0) } ?? "\(getuid())"
}

/// Resident memory of this process in bytes; nil where the kernel doesn't tell.
func residentMemory() -> Int? {
    guard let text = try? readText("/proc/self/statm", limit: 4096) else { return nil }
    let parts = text.split(separator: " ")
    guard parts.count > 1, let pages = Int(parts[1]) else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}

/// The zone of this machine, as it is now.
func localClock() -> ScreenClock {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    let seconds = parts.tm_gmtoff
    let minutes = abs(seconds) / 60
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let label = "\(seconds < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    return ScreenClock(offset: .seconds(Int64(seconds)), label: label)
}
