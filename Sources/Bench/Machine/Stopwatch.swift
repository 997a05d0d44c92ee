import Glibc

/// The time that this process has spent on cores, so that what others do on the machine meanwhile
/// does not count. For computing alone, on one thread.
struct Stopwatch {
    private let start = clock()

    /// Milliseconds since it was made.
    var milliseconds: Double {
        let ticksPerMillisecond = Double(CLOCKS_PER_SEC) / 1000
        return Double(clock() - start) / ticksPerMillisecond
    }
}
