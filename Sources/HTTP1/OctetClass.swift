/// Which octets may stand where, as bitmaps of the ASCII half; nothing beyond ASCII is in any.
@usableFromInline
enum OctetClass {
    /// `tchar` (RFC 9110 §5.6.2).
    @inline(__always)
    static func isToken(_ octet: UInt8) -> Bool {
        contains(octet, 0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE)
    }

    /// `pchar` and `/` (RFC 3986 §3.3), and besides `[`, `]`, `|`, which browsers send as they
    /// are. `%` is in it; whether an escape is whole is judged by ``CanonicalPath``.
    @inline(__always)
    static func isPath(_ octet: UInt8) -> Bool {
        contains(octet, 0x2FFF_FFF2_0000_0000, 0x57FF_FFFE_AFFF_FFFF)
    }

    /// `unreserved` (RFC 3986 §2.3).
    @inline(__always)
    static func isUnreserved(_ octet: UInt8) -> Bool {
        contains(octet, 0x03FF_6000_0000_0000, 0x47FF_FFFE_87FF_FFFE)
    }

    /// `unreserved` and `sub-delims`: what a registered name is made of besides escapes
    /// (RFC 3986 §3.2.2).
    @inline(__always)
    static func isRegisteredName(_ octet: UInt8) -> Bool {
        contains(octet, 0x2BFF_7FD2_0000_0000, 0x47FF_FFFE_87FF_FFFE)
    }

    /// Any visible ASCII octet: 0x21...0x7E.
    @inline(__always)
    static func isVisible(_ octet: UInt8) -> Bool { octet &- 0x21 < 0x5E }

    /// What may stand in a field value or a reason phrase: HTAB, SP, visible ASCII and 0x80 up
    /// (RFC 9110 §5.5).
    @inline(__always)
    static func isFieldValue(_ octet: UInt8) -> Bool {
        octet >= 0x20 ? octet != 0x7F : octet == 0x09
    }

    /// Where a field value ends: the first octet that may not stand in one, or `bound`.
    @inline(__always)
    static func endOfFieldValue(
        _ octets: Span<UInt8>, from start: Int, upTo bound: Int
    ) -> Int {
        var index = start
        while index < bound {
            if index &+ 8 <= bound {
                // 8 octets at a time. The branch lets the next load begin before this one is
                // judged; adding the place of the first control octet in any case would not.
                let controls = Word.controls(Word.load(octets, at: index))
                if controls == 0 {
                    index &+= 8
                    continue
                }
                index &+= controls.trailingZeroBitCount >> 3
            }
            guard isFieldValue(octets[index]) else { break }
            index &+= 1
        }
        return index
    }

    /// The fault of a control octet that stands in a value.
    static func control(_ octet: UInt8) -> MessageFault {
        switch octet {
        case 0x0A: .bareLF
        case 0x00: .nul
        default: .controlOctet
        }
    }

    /// SP or HTAB.
    @inline(__always)
    static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

    /// 0...9.
    @inline(__always)
    static func isDigit(_ octet: UInt8) -> Bool { octet &- 0x30 < 10 }

    /// A hexadecimal digit of either case.
    @inlinable
    static func isHexDigit(_ octet: UInt8) -> Bool {
        octet &- 0x30 < 10 || (octet | 0x20) &- 0x61 < 6
    }

    /// The value of a hexadecimal digit of either case.
    @inline(__always)
    static func hexValue(_ octet: UInt8) -> UInt8? {
        if octet &- 0x30 < 10 { return octet &- 0x30 }
        let letter = (octet | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    /// The lower-case digit of a value 0...15.
    @inlinable
    static func lowerHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? value &+ 0x30 : value &+ 0x57
    }

    /// The upper-case digit of a value 0...15.
    @inline(__always)
    static func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? value &+ 0x30 : value &+ 0x37
    }

    /// Whether an octet is in a map; every map has the letters, which are asked for first.
    @inline(__always)
    private static func contains(_ octet: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        if (octet | 0x20) &- 0x61 < 26 { return true }
        let map = octet & 0x40 == 0 ? low : high
        return octet < 0x80 && (map >> UInt64(octet & 0x3F)) & 1 == 1
    }
}
