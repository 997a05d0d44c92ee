/// How often each latency occurred: 64 buckets for each power of two of nanoseconds, so that a
/// percentile is off by less than 1 % and recording costs one addition.
struct Latencies: Sendable {
    private static let bitsKept = 6
    private static let bucketsPerPower = 1 << bitsKept
    /// Beyond 2^40 ns, 18 minutes, all are alike: no run lasts as long.
    private static let nanosecondsMax: UInt64 = 1 << 40

    private var buckets = [UInt32](
        repeating: 0, count: bucket(of: nanosecondsMax) + 1)
    /// How many were recorded.
    private(set) var count = 0

    /// Counts one.
    mutating func record(nanoseconds: UInt64) {
        buckets[Self.bucket(of: min(nanoseconds, Self.nanosecondsMax))] &+= 1
        count += 1
    }

    /// The latency in microseconds that a part of all does not exceed; 0 when there are none.
    ///
    /// - Parameter part: 0…1, such as 0.99.
    func percentile(_ part: Double) -> Double {
        let rank = max(1, Int((part * Double(count)).rounded(.up)))
        var seen = 0
        for (index, occurrences) in buckets.enumerated() {
            seen += Int(occurrences)
            if seen >= rank { return Self.middle(ofBucket: index) / 1000 }
        }
        return 0
    }

    private static func bucket(of nanoseconds: UInt64) -> Int {
        let bits = UInt64.bitWidth - nanoseconds.leadingZeroBitCount
        let shift = max(0, bits - bitsKept - 1)
        return shift * bucketsPerPower + Int(nanoseconds >> UInt64(shift))
    }

    private static func middle(ofBucket index: Int) -> Double {
        let shift = max(0, index / bucketsPerPower - 1)
        let lowest = UInt64(index - shift * bucketsPerPower) << UInt64(shift)
        return Double(lowest) + Double((UInt64(1) << UInt64(shift)) - 1) / 2
    }
}
