/// A range of addresses, `10.4.0.0/16` or `fd00:4::/32`, known by its text: another spelling of the
/// same range is another value, as it is another octet in what members sign.
package struct NetworkPrefix: Sendable {
    /// What a network must look like, in words.
    static let expectation = """
        an IPv4 or IPv6 address, / and a prefix length, no bit set behind it, such as 10.4.0.0/16
        """

    /// The network as given.
    package let text: String
    private let start: Bits
    private let mask: Bits
    private let isIPv6: Bool

    /// An address as two words; one of IPv4 fills the upper half of the first.
    private typealias Bits = (UInt64, UInt64)

    /// Reads an IP address as ``Backend/Address/init(text:)`` does, `/`, and a decimal length.
    ///
    /// - Returns: `nil` for anything else, and when a bit behind the prefix is set: such a text
    ///   says two things, and people would differ over which.
    package init?(text: String) {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")),
            let address = Backend.Address(text: String(text[..<slash])),
            let (bits, isIPv6) = Self.bits(of: address),
            let length = Self.length(text[text.utf8.index(after: slash)...]),
            length <= (isIPv6 ? 128 : 32)
        else { return nil }
        let mask = Bits(Self.ones(length), Self.ones(length - 64))
        guard bits.0 & ~mask.0 == 0, bits.1 & ~mask.1 == 0 else { return nil }
        self.text = text
        self.isIPv6 = isIPv6
        self.mask = mask
        start = bits
    }

    /// Whether an address lies in it.
    ///
    /// IPv4 addresses lie in IPv4 networks alone, and IPv6 ones, the IPv4-mapped among them, in
    /// IPv6 networks; a name or a Unix socket lies in none, whatever it leads to.
    package func contains(_ address: Backend.Address) -> Bool {
        guard let (bits, isIPv6) = Self.bits(of: address), isIPv6 == self.isIPv6 else {
            return false
        }
        return bits.0 & mask.0 == start.0 && bits.1 & mask.1 == start.1
    }

    private static func bits(of address: Backend.Address) -> (Bits, isIPv6: Bool)? {
        switch address {
        case .ipv4(let octets): ((UInt64(octets) << 32, 0), false)
        case .ipv6(let high, let low): ((high, low), true)
        case .hostname, .unix: nil
        }
    }

    /// A decimal number of at most three digits without leading zeros.
    private static func length(_ text: Substring) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy(NameSyntax.isDigit),
            text.utf8.count == 1 || text.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return Int(text)
    }

    /// So many ones from the left; none for fewer than one, all for more than 64.
    private static func ones(_ count: Int) -> UInt64 {
        ~(UInt64.max >> UInt64(max(0, min(count, 64))))
    }
}

extension NetworkPrefix: Hashable {
    /// Whether the texts are the same.
    package static func == (left: NetworkPrefix, right: NetworkPrefix) -> Bool {
        left.text == right.text
    }

    /// Feeds the text to a hasher.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}
