/// Why the gateway answers a rule's requests at once, before any filter acts.
package enum RouteBarrier: Hashable, Sendable {
    /// The operator refuses the route: 451 (RFC 7725).
    case refused(entry: Int)
    /// The route is disabled: 503.
    case disabled(entry: Int)

    /// The index of the entry that put it up.
    package var entry: Int {
        switch self {
        case .refused(let entry), .disabled(let entry): entry
        }
    }

    /// The status that its requests are answered with.
    package var status: Int {
        switch self {
        case .refused: 451
        case .disabled: 503
        }
    }
}

/// What a backend has from an overlay instead of from its document.
package enum BackendOverlay: Hashable, Sendable {
    /// All: the document itself was restored.
    case restored(entry: Int)
    /// Its endpoints.
    case endpoints(entry: Int)

    /// The index of the entry that put it up.
    package var entry: Int {
        switch self {
        case .restored(let entry), .endpoints(let entry): entry
        }
    }
}

/// The networks that the operator refuses to send to.
package struct RefusedNetworks: Hashable, Sendable {
    /// One of them.
    package struct Element: Hashable, Sendable {
        /// The network.
        package let network: NetworkPrefix
        /// The index of its `refuse` entry.
        package let entry: Int
    }

    /// The networks, by ascending entry.
    package let list: [Element]

    /// Those among refusals.
    package init(_ refusals: [TableRefusal] = []) {
        list = refusals.compactMap { refusal in
            guard case .network(let network) = refusal.subject else { return nil }
            return Element(network: network, entry: refusal.index)
        }
    }

    /// The first of them that an address lies in; `nil` for none.
    ///
    /// An IPv4 address and the IPv4-mapped IPv6 address lead to the same machine, so that each is
    /// refused with the other.
    ///
    /// - Complexity: O(the networks).
    package func element(refusing address: Backend.Address) -> Element? {
        if list.isEmpty { return nil }
        let other = address.otherSpelling
        return list.first { element in
            element.network.contains(address) || other.map(element.network.contains) == true
        }
    }
}

extension Backend.Address {
    /// The first 96 bits of IPv4-mapped addresses (RFC 4291 §2.5.5.2), without their zeros.
    private static let mapped: UInt64 = 0xFFFF << 32

    /// The IPv4-mapped address of an IPv4 address, and the IPv4 address of a mapped one.
    fileprivate var otherSpelling: Backend.Address? {
        switch self {
        case .ipv4(let octets): .ipv6(0, Self.mapped | UInt64(octets))
        case .ipv6(0, let low) where low & ~0xFFFF_FFFF == Self.mapped:
            .ipv4(UInt32(truncatingIfNeeded: low))
        case .ipv6, .hostname, .unix: nil
        }
    }
}
