import Glibc

/// Environment variables that are set for one call only.
enum Environment {
    /// The variables are as before when it returns.
    static func with<Result>(_ changes: [String: String], do body: () -> Result) -> Result {
        let former = changes.keys.map { ($0, value($0)) }
        for (name, value) in changes { setenv(name, value, 1) }
        defer {
            for (name, value) in former {
                if let value { setenv(name, value, 1) } else { unsetenv(name) }
            }
        }
        return body()
    }

    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
