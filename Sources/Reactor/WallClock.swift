internal import CLinux

/// The time of day that the loops read, for threads beside them.
package enum WallClock {
    /// Milliseconds since 1970, UTC; may be set by somebody, and fall.
    package static var nowMs: Int64 { clinux_wall_ms() }
}
