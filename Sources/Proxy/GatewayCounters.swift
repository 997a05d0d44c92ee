internal import Reactor

/// What a gateway has done since its start, summed over its loops as they stand now.
package struct GatewayCounters: Sendable {
    private let banks: [CounterBank]

    init(_ banks: [CounterBank]) {
        self.banks = banks
    }

    func sum(_ index: Int) -> Int {
        banks.reduce(0) { $0 &+ $1[index] }
    }

    func sum(_ counter: Counter) -> Int { sum(counter.rawValue) }

    /// Requests whose head was read, refused ones included.
    package var requests: Int { sum(.requests) }
    /// Client connections accepted.
    package var clientsAccepted: Int { sum(.clientsAccepted) }
    /// Client connections that were told that their address has too many.
    package var clientsTurnedAway: Int { sum(.clientsTurnedAway) }
    /// Client connections open now.
    package var clientsOpen: Int { sum(.clientsOpen) }
    /// Times that accepting paused because descriptors or memory ran out.
    package var acceptPauses: Int { sum(.acceptPauses) }
    /// Connections made to endpoints.
    package var upstreamsMade: Int { sum(.upstreamsMade) }
    /// Connections to endpoints open now, idle ones included.
    package var upstreamsOpen: Int { sum(.upstreamsOpen) }
    /// Requests sent once more because a kept connection was stale or could not be made.
    package var retries: Int { sum(.retries) }
    /// Responses that the gateway made itself, refusals and failures.
    package var ownResponses: Int { sum(.ownResponses) }
    /// Responses cut short because the endpoint's was.
    package var cutShort: Int { sum(.cutShort) }
    /// Connections that became tunnels.
    package var tunnelsMade: Int { sum(.tunnelsMade) }
    /// Tunnels open now.
    package var tunnelsOpen: Int { sum(.tunnelsOpen) }
    /// Access log lines for which there was no room.
    package var linesDropped: Int { sum(.linesDropped) }
}
