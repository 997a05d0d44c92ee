/// When a crowd sends.
enum Pace: Sendable, Equatable {
    /// Not at all: its connections are kept.
    case still
    /// Each connection once, and then not any more.
    case once
    /// Each connection as soon as it has its answer: as much as the contender can bear.
    case saturating
    /// So many requests a second, whether or not earlier ones were answered.
    case rate(Double)
}

/// The instants at which an open load sends: evenly spaced, and fixed before anything is measured.
///
/// Each latency counts from its instant here. A contender that stalls delays what should have been
/// sent meanwhile, and if latencies counted from the sending, it would hide in that way how long a
/// client would have waited ("coordinated omission").
struct Schedule {
    private let startNs: UInt64
    private let intervalNs: Double
    /// How many have been taken.
    private(set) var taken = 0

    /// A schedule from an instant on.
    init(startNs: UInt64, perSecond: Double) {
        self.startNs = startNs
        intervalNs = 1_000_000_000 / perSecond
    }

    /// The next instant; all times are nanoseconds of one clock.
    var nextNs: UInt64 { startNs + UInt64(Double(taken) * intervalNs) }

    /// Takes the next one.
    mutating func take() -> UInt64 {
        let next = nextNs
        taken += 1
        return next
    }

    /// Instants that have passed and were not taken.
    func overdue(atNs now: UInt64) -> Int {
        guard now >= startNs else { return 0 }
        return max(0, Int(Double(now - startNs) / intervalNs) + 1 - taken)
    }
}
