internal import CLinux

/// A network of addresses, as `10.0.0.0/8` or `2001:db8::/32` writes it.
package struct AddressNetwork: Equatable, Sendable, CustomStringConvertible {
    private let base: SocketAddress
    private let bits: Int

    /// Reads an address with or without a prefix length; nil when it is neither.
    ///
    /// Bits behind the prefix must be 0, so that a slip is noticed rather than interpreted.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let host = parts.first, parts.count <= 2,
            let base = SocketAddress(numeric: String(host), port: 0)
        else { return nil }
        let width = base.family == .v4 ? 32 : 128
        let bits = parts.count == 2 ? Int(parts[1]) ?? -1 : width
        guard (0...width).contains(bits) else { return nil }
        self.base = base
        self.bits = bits
        guard
            base.withOctets({ octets in
                (bits..<width).allSatisfy { octets[$0 / 8] >> UInt8(7 - $0 % 8) & 1 == 0 }
            })
        else { return nil }
    }

    /// Whether an address lies in it; IPv4-mapped counts as IPv4.
    package func contains(_ address: SocketAddress) -> Bool {
        guard address.family == base.family, base.family != .local else { return false }
        return base.withOctets { mine in
            address.withOctets { theirs in
                for index in 0..<(bits / 8) where mine[index] != theirs[index] { return false }
                let rest = UInt8(bits % 8)
                if rest == 0 { return true }
                return (mine[bits / 8] ^ theirs[bits / 8]) >> (8 - rest) == 0
            }
        }
    }

    /// As it is written.
    package var description: String { "\(base.host)/\(bits)" }
}

extension SocketAddress {
    /// The octets of the address, network order: 4 for IPv4, 16 for IPv6, else none that count.
    package func withOctets<Result>(_ body: (InlineArray<16, UInt8>) -> Result) -> Result {
        var octets = InlineArray<16, UInt8>(repeating: 0)
        var address = raw
        var span = octets.mutableSpan
        // SAFETY: the C function writes at most 16 octets.
        unsafe span.withUnsafeMutableBufferPointer { out in
            unsafe clinux_address_octets(&address, out.baseAddress)
        }
        return body(octets)
    }
}
