/// Some bits for each of some conditions: what they lack, the conditions lack.
///
/// Most matches that ask for something else are passed by with one look. The bits only ever save a
/// comparison, so that nothing depends on them; who has them coincide on purpose gains nothing but
/// that comparisons cost what they cost without.
struct ConditionBits: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// The bits of headers and query parameters.
    init(headers: [HTTPRoute.FieldMatch], queryParams: [HTTPRoute.FieldMatch]) {
        for condition in headers { insert(condition, seed: 0) }
        for condition in queryParams { insert(condition, seed: 1) }
    }

    /// Takes the bit that FNV-1a of the condition's octets leads to.
    private mutating func insert(_ condition: HTTPRoute.FieldMatch, seed: UInt64) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
        // 255 stands in no UTF-8, so that name and value cannot be taken for others.
        for octets in [condition.name.utf8, condition.value.utf8] {
            for octet in octets { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
            hash = (hash ^ 255) &* 0x100_0000_01B3
        }
        let number = (hash ^ (hash >> 32)) & 127
        let bit: UInt64 = 1 << (number & 63)
        if number < 64 { low |= bit } else { high |= bit }
    }

    /// Whether all of these are among the others; then the conditions may be too.
    func mayBeWithin(_ other: ConditionBits) -> Bool {
        low & ~other.low == 0 && high & ~other.high == 0
    }
}
