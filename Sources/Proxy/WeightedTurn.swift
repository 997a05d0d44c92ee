/// Whose turn it is among weighted choices: exact over every whole round, and spread within it.
///
/// A round has as many turns as the weights' sum. Turn k stands at position k × stride modulo
/// the sum; the stride has no divisor in common with the sum, so each position comes exactly once
/// a round, and lies near the golden section of it, so neighbours in time are far apart in place.
/// No randomness, no lock: each loop counts its own turns, beginning at a place of its own.
struct WeightedTurn {
    /// The sum of the weights; 0 when there is nothing to choose from.
    let total: UInt64

    private let stride: UInt64
    private var position: UInt64

    /// - Parameters:
    ///   - total: the sum of the weights, below 2^32.
    ///   - seed: where to begin; any number.
    init(total: UInt64, seed: UInt64) {
        self.total = total
        stride = Self.stride(for: total)
        position = total == 0 ? 0 : seed % total
    }

    /// The next position, 0..<total; 0 when there is nothing to choose from.
    mutating func next() -> UInt64 {
        if total <= 1 { return 0 }
        let turn = position
        position = (position &+ stride) % total
        return turn
    }

    private static func stride(for total: UInt64) -> UInt64 {
        if total <= 2 { return 1 }
        // 0.618… of the sum; below 2^32 × 1000 this cannot overflow.
        var candidate = max(1, total * 618 / 1000)
        while greatestCommonDivisor(candidate, total) != 1 { candidate += 1 }
        return candidate
    }

    private static func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
