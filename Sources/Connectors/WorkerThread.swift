import Glibc

/// A thread of the operating system that runs one piece of work, for work that blocks.
package struct WorkerThread {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let handle: pthread_t

    package init(_ body: @escaping @Sendable () -> Void) {
        var handle = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let failure = pthread_create(&handle, nil, Self.run, work.toOpaque())
        precondition(failure == 0, "the system has no thread left")
        self.handle = handle
    }

    private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
        {
            Unmanaged<Work>.fromOpaque($0!).takeRetainedValue().body()
            return nil
        }

    /// Waits until the work is done.
    package func join() { pthread_join(handle, nil) }
}
