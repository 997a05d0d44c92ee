/// Eight octets at a time, out of a span and without any unchecked access.
///
/// `extracting` checks the bounds once; the eight reads behind it have a constant length and the
/// optimiser makes one load of them.
@usableFromInline
enum Word {
    /// The low bit of each octet.
    static let ones: UInt64 = 0x0101_0101_0101_0101
    /// The high bit of each octet.
    static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The 8 octets from `start` on, the first one lowest.
    ///
    /// - Parameter start: At most `octets.count - 8`.
    @inline(__always)
    static func load(_ octets: Span<UInt8>, at start: Int) -> UInt64 {
        let eight = octets.extracting(start..<(start &+ 8))
        // Always so; said aloud, it spares the reads their own checks.
        guard eight.count == 8 else { return 0 }
        return UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16
            | UInt64(eight[3]) << 24 | UInt64(eight[4]) << 32 | UInt64(eight[5]) << 40
            | UInt64(eight[6]) << 48 | UInt64(eight[7]) << 56
    }

    /// The 1...8 octets from `start` on, the first one lowest, bit 5 set in each.
    @inline(__always)
    static func lowered(_ octets: Span<UInt8>, at start: Int, count: Int) -> UInt64 {
        guard start &+ 8 <= octets.count else {
            var word: UInt64 = 0
            for index in 0..<count {
                word |= UInt64(octets[start &+ index] | 0x20) << UInt64(index &* 8)
            }
            return word
        }
        let mask = UInt64.max >> UInt64((8 &- count) &* 8)
        return (load(octets, at: start) | 0x2020_2020_2020_2020) & mask
    }

    /// The high bit of the first octet that is below 0x20 or is DEL, and perhaps of some behind
    /// it; 0 when there is none.
    @inline(__always)
    static func controls(_ word: UInt64) -> UInt64 {
        let deletes = word ^ 0x7F7F_7F7F_7F7F_7F7F
        let below = (word &- 0x2020_2020_2020_2020) & ~word
        return (below | ((deletes &- ones) & ~deletes)) & highs
    }
}
