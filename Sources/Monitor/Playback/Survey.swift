import Connectors
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Goes through a replay as fast as it can, once, on threads that give way to others, so that its
/// timeline is known, and no place is far from a checkpoint.
final class Survey: Sendable {
    private let isStopped = Atomic(false)
    private let thread: Mutex<WorkerThread?>

    init(_ course: Playback.Course, _ programs: Programs) {
        thread = Mutex(nil)
        let thread = WorkerThread { [self] in
            // Of this thread, and those that it starts.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
            var round = PlaybackRound(
                course, after: nil, programs, nil, cores: 1, note: { _ in })
            while let input = round.next, !isStopped.load(ordering: .relaxed) {
                _ = round.apply(input)
            }
            round.stop()
        }
        self.thread.withLock { $0 = thread }
    }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
    }
}
