/// The protocols that a client may change to through the gateway (RFC 9110 §7.8).
enum UpgradeField {
    /// Whether every protocol of a list may become a tunnel.
    ///
    /// HTTP itself and TLS may not: in a tunnel of HTTP/2, requests would pass that nobody
    /// judged. What is no list of protocols may not either.
    static func isTunnelled(_ value: OctetRange, _ octets: Span<UInt8>) -> Bool {
        var elements = ListElements(value)
        var count = 0
        while let element = elements.next(octets) {
            var name = element.lowerBound
            while name < element.upperBound, OctetClass.isToken(octets[name]) { name &+= 1 }
            switch OctetText.word(octets, element.lowerBound..<name) {
            case nil, 0x6832, 0x68_3263, 0x6874_7470, 0x746C_73: return false  // h2 h2c http tls
            default: count &+= 1
            }
            guard name == element.upperBound || isVersion(octets, name..<element.upperBound)
            else { return false }
        }
        return count > 0
    }

    /// `"/" token`.
    private static func isVersion(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard octets[range.lowerBound] == UInt8(ascii: "/"), range.count > 1 else { return false }
        for index in range.dropFirst() where !OctetClass.isToken(octets[index]) { return false }
        return true
    }
}
