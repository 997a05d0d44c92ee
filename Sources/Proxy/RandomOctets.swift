/// Random octets that need not be secret: identifiers of traces. One generator a loop, seeded
/// once by the system (SplitMix64).
struct RandomOctets {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Octets for a new trace and its first span.
    mutating func traceSeed() -> InlineArray<24, UInt8> {
        var octets = InlineArray<24, UInt8>(repeating: 0)
        for word in 0..<3 {
            var bits = next()
            for octet in 0..<8 {
                octets[word * 8 + octet] = UInt8(truncatingIfNeeded: bits)
                bits >>= 8
            }
        }
        return octets
    }
}
