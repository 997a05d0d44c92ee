/// What stands between the brackets of an IP literal (RFC 3986 §3.2.2).
enum IPLiteral {
    /// The first octet that cannot stand there, the range's end when something is missing, or
    /// `nil` when the range is an IPv6 address or a later version's.
    static func misplaced(_ octets: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard let first = range.first else { return range.lowerBound }
        return octets[first] | 0x20 == UInt8(ascii: "v")
            ? misplacedInFuture(octets, range) : misplacedInIPv6(octets, range)
    }

    /// `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`.
    private static func misplacedInFuture(_ octets: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound &+ 1
        let version = index
        while index < range.upperBound, OctetClass.hexValue(octets[index]) != nil { index &+= 1 }
        guard index > version, index < range.upperBound, octets[index] == UInt8(ascii: ".") else {
            return index
        }
        index &+= 1
        guard index < range.upperBound else { return index }
        while index < range.upperBound {
            guard
                OctetClass.isRegisteredName(octets[index]) || octets[index] == UInt8(ascii: ":")
            else { return index }
            index &+= 1
        }
        return nil
    }

    /// Eight groups of 1...4 hexadecimal digits, one run of which may be left out as `::`, the
    /// last two of which may be written as an IPv4 address. No zone.
    private static func misplacedInIPv6(_ octets: Span<UInt8>, _ range: Range<Int>) -> Int? {
        let end = range.upperBound
        var index = range.lowerBound
        var groups = 0
        var compressed = false
        if index &+ 1 < end, isColon(octets[index]), isColon(octets[index &+ 1]) {
            compressed = true
            index &+= 2
        }
        while index < end {
            let group = index
            while index < end, OctetClass.hexValue(octets[index]) != nil {
                guard index &- group < 4 else { return index }
                index &+= 1
            }
            if index < end, index > group, octets[index] == UInt8(ascii: ".") {
                if let offset = misplacedInIPv4(octets, group..<end) { return offset }
                groups &+= 2
                index = end
                break
            }
            guard index > group else { return index }
            groups &+= 1
            guard index < end else { break }
            guard isColon(octets[index]), index &+ 1 < end else { return index }
            index &+= 1
            if isColon(octets[index]) {
                guard !compressed else { return index }
                compressed = true
                index &+= 1
            }
        }
        return (compressed ? groups <= 7 : groups == 8) ? nil : end
    }

    /// Four numbers 0...255 without leading zeros.
    private static func misplacedInIPv4(_ octets: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        for part in 0..<4 {
            if part > 0 {
                guard index < range.upperBound, octets[index] == UInt8(ascii: ".") else {
                    return index
                }
                index &+= 1
            }
            let first = index
            var number = 0
            while index < range.upperBound, OctetClass.isDigit(octets[index]) {
                number = number &* 10 &+ Int(octets[index] &- 0x30)
                let leadingZero = index > first && octets[first] == UInt8(ascii: "0")
                guard number <= 255, !leadingZero else { return index }
                index &+= 1
            }
            guard index > first else { return index }
        }
        return index == range.upperBound ? nil : index
    }

    private static func isColon(_ octet: UInt8) -> Bool { octet == UInt8(ascii: ":") }
}
