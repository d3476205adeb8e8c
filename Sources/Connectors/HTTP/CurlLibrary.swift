import CCurl

/// libcurl's functions, loaded by whoever needs them first and never given back.
struct CurlLibrary: Sendable {
    /// Filled before anybody sees it, and never written again. On the heap, because C takes its
    /// address.
    nonisolated(unsafe) let functions: UnsafePointer<ccurl>

    /// The same for everybody, made once: libcurl begins only once in a process.
    static let shared: Result<CurlLibrary, HTTPError> = {
        let table = UnsafeMutablePointer<ccurl>.allocate(capacity: 1)
        table.initialize(to: ccurl())
        if let failure = ccurl_load(table) {
            return .failure(.noLibrary(String(cString: failure)))
        }
        return .success(CurlLibrary(functions: UnsafePointer(table)))
    }()
}
