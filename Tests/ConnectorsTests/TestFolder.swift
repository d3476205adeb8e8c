import Glibc

/// A folder that goes with its contents when the test is over.
final class TestFolder {
    let path: String

    init() {
        var template = Array("/tmp/weir-connectors-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit {
        // Flat: the tests put no folders into it but empty ones.
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(folder)
        }
        rmdir(path)
    }

    func path(_ name: String) -> String { "\(path)/\(name)" }
}

/// A descriptor to write to, closed with its holder.
final class Writer: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Creates the file, or appends to it.
    convenience init(path: String) {
        self.init(descriptor: open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644))
        precondition(descriptor >= 0, "a test can't write its file")
    }

    deinit { close(descriptor) }

    func write(_ bytes: some Collection<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func write(_ text: String) { write(text.utf8) }
}
