import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What threads give to one of them: a state behind a lock, the taker that waits for something to
/// be there, and the givers that wait for room.
///
/// Nobody is woken who doesn't wait, and a look at the state says who has a reason to look again:
/// a call to the system for each chunk would cost more than the hand-over itself.
///
/// The mutex guards everything, which is why this class may call itself Sendable.
final class Exchange<State: Sendable>: @unchecked Sendable {
    /// What came of looking at the state.
    enum Look<Result> {
        /// Done; those are woken who wait on these sides.
        case done(Result, wakes: Sides)
        /// Look again when woken, or after that long.
        case wait(Nanoseconds? = nil)
    }

    struct Sides: OptionSet {
        let rawValue: Int
        static var taker: Sides { Sides(rawValue: 1) }
        static var givers: Sides { Sides(rawValue: 2) }
    }

    private var state: State
    private var isStopping = false
    // Memory of their own, for threads use them at the same time.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let emptied = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var takerWaits = false
    private var givers = 0

    init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(filled, &attributes)
        pthread_cond_init(emptied, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(emptied)
        pthread_cond_destroy(filled)
        pthread_mutex_destroy(mutex)
        emptied.deallocate()
        filled.deallocate()
        mutex.deallocate()
    }

    /// Whether `stop` was called: everybody returns then, and nobody waits any more.
    var isStopped: Bool { locked { isStopping } }

    /// Reads the state as it stands.
    func read<R>(_ body: (State) -> R) -> R { locked { body(state) } }

    /// One thread at a time may wait. nil once stopped.
    func take<R>(_ look: (inout State) -> Look<R>) -> R? {
        exchange(look) { rest in
            takerWaits = true
            wait(filled, rest)
            takerWaits = false
        }
    }

    /// nil once stopped.
    func give<R>(_ look: (inout State) -> Look<R>) -> R? {
        exchange(look) { rest in
            givers += 1
            wait(emptied, rest)
            givers -= 1
        }
    }

    /// Changes the state, and whoever waits looks again.
    @discardableResult
    func update<R>(_ body: (inout State) -> R) -> R {
        locked {
            takerWaits = false
            pthread_cond_signal(filled)
            pthread_cond_broadcast(emptied)
            return body(&state)
        }
    }

    /// From now on nothing is given or taken, and nobody waits.
    func stop() {
        locked {
            isStopping = true
            pthread_cond_broadcast(filled)
            pthread_cond_broadcast(emptied)
        }
    }

    private func exchange<R>(
        _ look: (inout State) -> Look<R>, wait: (Nanoseconds?) -> Void
    ) -> R? {
        pthread_mutex_lock(mutex)
        while !isStopping {
            switch look(&state) {
            case .wait(let rest): wait(rest)
            case .done(let result, let sides):
                let wakesTaker = sides.contains(.taker) && takerWaits
                let wakesGivers = sides.contains(.givers) && givers > 0
                // Its wait is over, though it has yet to see that.
                if wakesTaker { takerWaits = false }
                pthread_mutex_unlock(mutex)
                if wakesTaker { pthread_cond_signal(filled) }
                if wakesGivers { pthread_cond_broadcast(emptied) }
                return result
            }
        }
        pthread_mutex_unlock(mutex)
        return nil
    }

    private func locked<R>(_ body: () -> R) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    private func wait(_ condition: UnsafeMutablePointer<pthread_cond_t>, _ rest: Nanoseconds?) {
        guard let rest else {
            pthread_cond_wait(condition, mutex)
            return
        }
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let sum = Int64(deadline.tv_nsec) + max(0, rest.rawValue) + 1
        deadline.tv_sec += Int(sum / 1_000_000_000)
        deadline.tv_nsec = Int(sum % 1_000_000_000)
        pthread_cond_timedwait(condition, mutex, &deadline)
    }
}
