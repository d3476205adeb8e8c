/// The monotonic clock, in nanoseconds.
func monotonicNow() -> Int64 { nanoseconds(CLOCK_MONOTONIC) }

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
