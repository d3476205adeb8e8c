import Glibc
import Synchronization

/// A call that blocks as long as it likes, on a thread of its own. Who sent it waits for its end or
/// for the sign to stop, whichever comes first, and then no longer cares what it brings.
enum Errand {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private final class Answer<T: Sendable>: Sendable {
        let value = Mutex<T?>(nil)
    }

    /// nil: stopped.
    static func run<T: Sendable>(
        until stop: Stop, _ body: @escaping @Sendable () -> T
    ) -> T? {
        let done = SignPipe()
        let answer = Answer<T>()
        start {
            let value = body()
            answer.value.withLock { $0 = value }
            done.signal()
        }
        guard stop.wait(input: done.receiver) == .ready else { return nil }
        return answer.value.withLock(\.self)
    }

    /// Nobody waits for it.
    static func start(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            {
                Unmanaged<Work>.fromOpaque($0!).takeRetainedValue().body()
                return nil
            }, work.toOpaque())
        precondition(failure == 0, "the system has no thread left")
        pthread_detach(thread)
    }
}
