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
        sink.append("traceparent: 00-")
        var bits: UInt8 = 0
        for index in 0..<24 {
            if index == 16 {
                sink.append(UInt8(ascii: "-"))
                bits = 0
            }
            bits |= seed[index]
            let isLast = index == 15 || index == 23
            let octet = isLast && bits == 0 ? 1 : seed[index]
            sink.append(OctetClass.lowerHexDigit(octet >> 4))
            sink.append(OctetClass.lowerHexDigit(octet & 15))
        }
        sink.append("-00\r\n")
    }
}
