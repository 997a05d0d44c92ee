package import Reactor

/// What an operator settles about a gateway before it starts; routes are none of it (law 3).
package struct GatewayConfiguration: Sendable {
    /// Where clients connect. Port 0 lets the kernel choose (`Gateway.boundPorts`).
    package var listeners: [SocketAddress]

    /// Loops, one thread each: as many as there are cores to use. 1...256.
    package var loopCount: Int

    /// Addresses that no endpoint may lie at, whatever its name resolves to: the council's
    /// listener, the gateway's own admin door.
    package var forbiddenAddresses: [SocketAddress] = []

    /// Bounds on connections and bodies.
    package var limits = GatewayLimits()
    /// How long each thing may take.
    package var timeouts = GatewayTimeouts()

    /// The usual limits and times.
    package init(listeners: [SocketAddress], loopCount: Int) {
        self.listeners = listeners
        self.loopCount = loopCount
    }
}

/// Bounds of one gateway; each is a count for one loop unless it says otherwise.
package struct GatewayLimits: Sendable {
    /// Client connections of a loop. At the limit, new ones wait in the kernel's queue.
    package var clientsMax = 32_768

    /// Connections of a loop to all endpoints together; at the limit requests get 503.
    package var upstreamsMax = 32_768

    /// Connections of a loop to one endpoint; at the limit requests get 503.
    package var upstreamsPerEndpointMax = 8_192

    /// Idle connections that a loop keeps to one endpoint.
    package var idlePerEndpointMax = 256

    /// Endpoints tried for one request when connecting fails.
    package var connectAttemptsMax = 3

    /// Octets of a request body; nil for no limit. Over it: 413.
    package var bodyOctetsMax: Int?

    /// Failures in a row after which an endpoint is set aside.
    package var failuresBeforeAside = 3

    /// The defaults.
    package init() {}

    /// Descriptors left to files, listeners and the rest of the process.
    private static let descriptorsReserved = 24

    /// Keeps clients from taking the descriptors that their requests need at the endpoints: of
    /// what the process may open they get three quarters, and more of them wait in the kernel's
    /// queue. Idle clients, the most of many, need no endpoint.
    ///
    /// - Parameters:
    ///   - descriptors: what the process may open.
    ///   - loopCount: the loops that share it.
    mutating func fit(descriptors: Int, loopCount: Int) {
        let share = max(4, (descriptors - Self.descriptorsReserved) / loopCount)
        clientsMax = max(1, min(clientsMax, share / 4 * 3))
        upstreamsMax = max(1, min(upstreamsMax, share))
    }
}

/// How long each thing may take: the table of reference/http.md. All in milliseconds.
package struct GatewayTimeouts: Sendable {
    /// From a request head's first octet to its end; over: 408.
    package var headMs: Int64 = 10_000

    /// A client's connection between requests.
    package var clientIdleMs: Int64 = 60_000

    /// An endpoint's connection between requests.
    package var upstreamIdleMs: Int64 = 60_000

    /// The window over which a client must keep the pace, sending or taking.
    package var paceWindowMs: Int64 = 10_000

    /// Octets that must pass in such a window: 1 KiB a second.
    package var paceOctetsMin = 10 * 1024

    /// Making a connection to an endpoint.
    package var connectMs: Int64 = 3_000

    /// From the request's last octet to the response's first; over: 504.
    package var firstOctetMs: Int64 = 30_000

    /// An endpoint's silence in the middle of a response.
    package var silenceMs: Int64 = 60_000

    /// What a client may still send after we ended the connection, before it is closed hard.
    package var lingerMs: Int64 = 2_000

    /// An endpoint's first time aside; doubled each time.
    package var asideMs: Int64 = 10_000

    /// The longest time aside.
    package var asideLongestMs: Int64 = 300_000

    /// Between two resolutions of the endpoints' names.
    package var resolveEveryMs: Int64 = 10_000

    /// How long a publication waits for names that were never resolved before.
    package var resolveFirstMs: Int64 = 1_000

    /// The defaults.
    package init() {}
}
