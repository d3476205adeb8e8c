import Dispatch
import Glibc

@testable import Connectors

/// Work on a thread of its own.
struct SourceThread {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let done = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () -> Void) {
        let done = done
        let work = Work {
            body()
            done.signal()
        }
        var handle = pthread_t()
        let failure = pthread_create(
            &handle, nil,
            {
                Unmanaged<Work>.fromOpaque($0!).takeRetainedValue().body()
                return nil
            }, Unmanaged.passRetained(work).toOpaque())
        precondition(failure == 0, "the system has no thread left")
        pthread_detach(handle)
    }

    init(_ source: some Source, into sink: TestSink) {
        self.init { source.run(into: sink) }
    }

    /// Waits for its end. False: it has not come within the budget.
    func join(within seconds: Double = TestSink.budget) -> Bool {
        done.wait(timeout: .now() + seconds) == .success
    }
}
