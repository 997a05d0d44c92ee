/// What a peer in the trusted networks says of the request that it passes on.
extension RequestHead {
    /// Whether the request came to the peer over TLS: the last `X-Forwarded-Proto`, which is the
    /// peer's own, is `https`. O(lines).
    package mutating func wasForwardedSecurely(_ octets: Span<UInt8>) -> Bool {
        guard let last = lastElement(of: .xForwardedProto, octets) else { return false }
        return OctetText.word(octets, last) == 0x68_7474_7073
    }

    /// Who asked the peer: the last element of `X-Forwarded-For`, `nil` when there is none or it
    /// is no address. O(lines).
    package mutating func nearestForwardedFor(_ octets: Span<UInt8>) -> Range<Int>? {
        guard let last = lastElement(of: .xForwardedFor, octets), last.count <= 45 else {
            return nil
        }
        for index in last {
            let octet = octets[index]
            let isAddress =
                OctetClass.isHexDigit(octet) || octet == UInt8(ascii: ".")
                || octet == UInt8(ascii: ":")
            guard isAddress else { return nil }
        }
        return last
    }

    private mutating func lastElement(
        of field: KnownField, _ octets: Span<UInt8>
    ) -> Range<Int>? {
        guard fields.contains(field) else { return nil }
        var found: Range<Int>?
        var index = 0
        while index < fields.count {
            let line = fields[index]
            index &+= 1
            guard line.known == field, !line.marks.contains(.hopByHop) else { continue }
            var elements = ListElements(line.value)
            while let element = elements.next(octets) { found = element }
        }
        return found
    }
}
