/// Which rule serves a request, and by which of its matches.
package struct Decision: Hashable, Sendable {
    /// The index of the rule in ``RouteTable/rules``.
    package let rule: Int
    /// The match's number in the rule, from 0.
    package let match: Int

    /// A decision.
    @inlinable
    package init(rule: Int, match: Int) {
        self.rule = rule
        self.match = match
    }
}

/// A rule as the gateway serves it.
package struct CompiledRule: Sendable {
    /// The route's name.
    package let route: String
    /// The rule's name, or `#` and its number from 1.
    package let rule: String
    /// Where its requests go; may be empty, or have only zero weights: answered with 500.
    package let backendRefs: [CompiledBackendRef]
    /// The sum of the weights, 0…16,000,000.
    package let weightSum: Int
    /// The route's seniority: the entry that enacted its name since it was last deleted.
    package let sequence: Int
    /// What made the route as it is.
    package let enactment: Enactment
    /// The value of the `Commonway-Route` field: which vote routed this request, as a dictionary of
    /// RFC 8941 §3.2.
    package let citation: [UInt8]
    /// What else happens to its requests.
    package let filters: CompiledFilters
    /// For each match the octets of its prefix, which a ReplacePrefixMatch takes away; empty when
    /// the rule has none.
    package let prefixOctets: [Int]
    /// How long its requests may take.
    package let timeouts: HTTPRoute.Timeouts?
    /// When they are tried again.
    package let retry: HTTPRoute.Retry?
    /// Why its requests are answered at once; `nil` where they are not.
    package let barrier: RouteBarrier?
    /// The index of the entry that restored its route as it is served; `nil` where none did.
    package let restoredBy: Int?
}

/// One backend's share of a rule.
package struct CompiledBackendRef: Hashable, Sendable {
    /// The index of the backend in ``RouteTable/backends``.
    package let backend: Int
    /// The share, 0…1,000,000.
    package let weight: Int
    /// The indices of the backend's endpoints that serve it, ascending, one at least: all, or
    /// those with the port that the reference names.
    package let endpoints: [Int]
    /// What else happens to the requests that it gets, after the rule's own filters.
    package let filters: CompiledFilters
}

/// A backend as the gateway serves it.
package struct CompiledBackend: Hashable, Sendable {
    /// The name.
    package let name: String
    /// How its endpoints are spoken to.
    package let `protocol`: Backend.Wire
    /// The addresses, one at least.
    package let endpoints: [Backend.Endpoint]
    /// Which overlay it has them from; `nil` where they are those of the document in force.
    package let overlay: BackendOverlay?
    /// For each endpoint the refused network that its address lies in; empty when none is
    /// refused. A name's addresses are judged where they are known.
    package let refusedBy: [RefusedNetworks.Element?]

    /// The refused network that an endpoint lies in.
    package func refusal(of endpoint: Int) -> RefusedNetworks.Element? {
        refusedBy.isEmpty ? nil : refusedBy[endpoint]
    }
}
