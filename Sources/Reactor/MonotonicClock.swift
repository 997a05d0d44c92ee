internal import CLinux

/// The clock that the loops read, for threads beside them.
package enum MonotonicClock {
    /// Milliseconds since some instant in the past; never falls.
    package static var nowMs: Int64 { clinux_monotonic_us() / 1000 }
}
