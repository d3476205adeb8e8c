#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Cores that this process may run on; `taskset` and containers leave it fewer than there are.
///
/// As the system tells it in a file: the function for it is behind `_GNU_SOURCE`, which the Glibc
/// module doesn't set.
let availableCores: Int = {
    guard let status = try? readText("/proc/self/status", limit: 1 << 16) else {
        return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
    return coresAllowed(inStatus: status) ?? 1
}()

/// The bits of `Cpus_allowed`, which is written in hexadecimal, as `ff` or `3,ffffffff`.
func coresAllowed(inStatus status: String) -> Int? {
    let label = "Cpus_allowed:"
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(label) }) else {
        return nil
    }
    let bits = line.dropFirst(label.count).reduce(0) {
        $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0)
    }
    return bits > 0 ? bits : nil
}
