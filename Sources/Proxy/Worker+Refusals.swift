internal import Reactor
internal import Routing

/// What the operator refuses to send to (governance.md §10). A refused address is known to no
/// endpoint, so that choosing one costs nothing more.
extension Worker {
    /// Refuses other networks from now on; requests in hand go on where they are.
    mutating func refuse(_ networks: RefusedNetworks) {
        if networks == refusedNetworks { return }
        refusedNetworks = networks
        for place in 0..<endpoints.highWater where endpoints.contains(place) {
            endpoints[place].refuse(networks)
        }
        // Connections do not know where a name led when they were made.
        for upstream in 0..<upstreams.highWater where upstreams.contains(upstream) {
            let endpoint = upstreams[upstream].endpoint
            let isDoubtful =
                endpoints[endpoint].isRefused || endpoints[endpoint].key.kind == .name
            if !isDoubtful { continue }
            if case .idle = upstreams[upstream].phase {
                unlinkIdle(upstream)
                discardUpstream(upstream)
            } else {
                upstreams[upstream].isLast = true
            }
        }
    }
}

extension SocketAddress {
    /// Whether it lies in one of these networks.
    func lies(inRefused networks: RefusedNetworks) -> Bool {
        documented.map { networks.element(refusing: $0) != nil } ?? false
    }

    /// The address as documents have it, an IPv4-mapped one as IPv4; nil for a path.
    private var documented: Backend.Address? {
        let words = withOctets { octets in
            [0..<4, 0..<8, 8..<16].map { range in
                range.reduce(UInt64(0)) { $0 << 8 | UInt64(octets[$1]) }
            }
        }
        switch family {
        case .v4: return .ipv4(UInt32(truncatingIfNeeded: words[0]))
        case .v6: return .ipv6(words[1], words[2])
        case .local: return nil
        }
    }
}
