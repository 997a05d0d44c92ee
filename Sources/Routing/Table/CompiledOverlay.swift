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
package struct RefusedNetworks: Sendable {
    /// Each with the index of its `refuse` entry, by ascending index.
    package let list: [(network: NetworkPrefix, entry: Int)]

    init(_ refusals: [TableRefusal]) {
        list = refusals.compactMap { refusal in
            guard case .network(let network) = refusal.subject else { return nil }
            return (network, refusal.index)
        }
    }

    /// The index of the first `refuse` whose network an address lies in; `nil` for none.
    package func entry(refusing address: Backend.Address) -> Int? {
        list.first { $0.network.contains(address) }?.entry
    }
}
