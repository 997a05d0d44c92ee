/// `traceparent` (W3C Trace Context §3.2): passed on when it is valid, else made.
@usableFromInline package enum TraceContext {
    /// How many random octets a new trace takes: 16 for the trace, 8 for the parent.
    @usableFromInline package static let seedOctets = 24

    /// Whether a value is a valid `traceparent`: version 00 has 55 octets, a later one may have
    /// more behind a `-`; neither identifier is all zeros; version ff is none.
    package static func isValid(_ value: Span<UInt8>) -> Bool {
        guard value.count >= 55 else { return false }
        for index in 0..<55 {
            switch index {
            case 2, 35, 52: guard value[index] == UInt8(ascii: "-") else { return false }
            default: guard isLowerHex(value[index]) else { return false }
            }
        }
        let isVersion00 = value[0] == 0x30 && value[1] == 0x30
        let isVersionFF = value[0] == 0x66 && value[1] == 0x66
        guard !isVersionFF, isVersion00 ? value.count == 55 : isExtended(value) else {
            return false
        }
        return hasNonZero(value, 3..<35) && hasNonZero(value, 36..<52)
    }

    private static func isExtended(_ value: Span<UInt8>) -> Bool {
        value.count == 55 || value[55] == UInt8(ascii: "-")
    }

    private static func isLowerHex(_ octet: UInt8) -> Bool {
        octet &- 0x30 < 10 || octet &- 0x61 < 6
    }

    private static func hasNonZero(_ value: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where value[index] != 0x30 { return true }
        return false
    }

    /// Writes a `traceparent` line of a new trace: version 00, not sampled, since the gateway
    /// records nothing itself.
    ///
    /// - Parameter seed: Random octets. All zeros, which the standard forbids as an identifier,
    ///   are made into ones.
    @inlinable
    static func write<Sink: OctetSink & ~Copyable>(
        _ seed: borrowing [24 of UInt8], into sink: inout Sink
    ) {
        var text = InlineArray<55, UInt8>(repeating: UInt8(ascii: "-"))
        text[0] = UInt8(ascii: "0")
        text[1] = UInt8(ascii: "0")
        hexadecimal(seed, 0..<16, into: &text, at: 3)
        hexadecimal(seed, 16..<24, into: &text, at: 36)
        text[53] = UInt8(ascii: "0")
        text[54] = UInt8(ascii: "0")
        HeadWriter.field("traceparent", text.span, into: &sink)
    }

    /// Writes some octets of a seed in digits, the last one as 1 if all would be zeros.
    @usableFromInline
    static func hexadecimal(
        _ seed: borrowing [24 of UInt8], _ range: Range<Int>, into text: inout [55 of UInt8],
        at start: Int
    ) {
        var place = start
        var bits: UInt8 = 0
        for index in range {
            let octet = seed[index]
            bits |= octet
            text[place] = OctetClass.lowerHexDigit(octet >> 4)
            text[place &+ 1] = OctetClass.lowerHexDigit(octet & 15)
            place &+= 2
        }
        if bits == 0 { text[place &- 1] = UInt8(ascii: "1") }
    }
}
