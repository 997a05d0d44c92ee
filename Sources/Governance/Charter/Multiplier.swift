/// A fraction by which √N, a period or a number of members is multiplied, such as 3/2.
///
/// Two integers, so that every reader computes the same quorum to the vote.
package struct Multiplier: Equatable, Sendable {
    /// 1…100.
    package let numerator: Int64
    /// 1…100.
    package let denominator: Int64

    /// The bounds of both parts: √N times 100 is a quorum that nobody could want larger.
    package static let partRange: ClosedRange<Int64> = 1...100

    /// The most members for which the arithmetic below stays far from overflow.
    package static let electorsMax = 10_000_000

    /// Takes the parts, or nothing when one is outside ``partRange``.
    package init?(_ numerator: Int64, over denominator: Int64) {
        guard Self.partRange.contains(numerator), Self.partRange.contains(denominator) else {
            return nil
        }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Reads `3/2`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let numerator = Int64(parts[0]), let denominator = Int64(parts[1]),
            text == "\(numerator)/\(denominator)"
        else { return nil }
        self.init(numerator, over: denominator)
    }

    /// ⌊(numerator/denominator)·n⌋.
    ///
    /// - Parameter n: A number of members, or milliseconds of a period: far from overflow.
    package func share(of n: Int) -> Int { Int(share(of: Int64(n))) }

    /// ⌈(numerator/denominator)·n⌉.
    ///
    /// - Parameter n: A number of members.
    package func shareUp(of n: Int) -> Int {
        Int((Int64(n) * numerator + denominator - 1) / denominator)
    }

    /// ⌊(numerator/denominator)·milliseconds⌋.
    package func share(of milliseconds: Int64) -> Int64 { milliseconds * numerator / denominator }

    /// ⌈(numerator/denominator)·√n⌉: the least q with (q·denominator)² ≥ numerator²·n.
    ///
    /// - Parameter n: 0…``electorsMax``; more counts as that.
    /// - Complexity: O(log n).
    package func timesRoot(of n: Int) -> Int {
        let bounded = Int64(min(max(n, 0), Self.electorsMax))
        let target = numerator * numerator * bounded
        var low: Int64 = 0
        var high = numerator * bounded
        while low < high {
            let middle = (low + high) / 2
            // (q·denominator)² overflows long before q matters: compare by the root's own bound.
            let (square, overflow) = (middle * denominator)
                .multipliedReportingOverflow(by: middle * denominator)
            if overflow || square >= target { high = middle } else { low = middle + 1 }
        }
        return Int(low)
    }
}
