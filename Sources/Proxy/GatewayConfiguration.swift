package import HTTP1
package import Reactor

/// An address on which a gateway listens.
package struct GatewayListener: Sendable {
    /// Where clients connect. Port 0 lets the kernel choose (`Gateway.boundPorts`).
    package var address: SocketAddress

    /// Whether every connection begins with a PROXY protocol header; without one it is closed.
    package var expectsProxyHeader: Bool

    /// An ordinary listener unless said otherwise.
    package init(_ address: SocketAddress, expectsProxyHeader: Bool = false) {
        self.address = address
        self.expectsProxyHeader = expectsProxyHeader
    }
}

/// What the access log tells of a request.
package struct AccessLogSettings: Sendable {
    /// How much of a client's address.
    package enum Clients: String, CaseIterable, Sendable {
        /// Its network: the last octet of an IPv4 address, all but 48 bits of an IPv6 one are 0.
        case truncated
        /// All of it.
        case whole
        /// Nothing.
        case none
    }

    /// How much of a client's address.
    package var clients = Clients.truncated

    /// Whether the query is told with the path: reset tokens and names live in queries.
    package var showsQuery = false

    /// The defaults.
    package init() {}
}

/// What an operator settles about a gateway before it starts; routes are none of it (law 3).
package struct GatewayConfiguration: Sendable {
    /// Where clients connect.
    package var listeners: [GatewayListener]

    /// Where metrics and health are asked for: loopback or a Unix-domain path; nil for nowhere.
    package var admin: SocketAddress?

    /// Loops, one thread each: as many as there are cores to use. 1...256.
    package var loopCount: Int

    /// Addresses that no endpoint may lie at, whatever its name resolves to: the council's
    /// listener, the gateway's own admin door.
    package var forbiddenAddresses: [SocketAddress] = []

    /// Peers whose X-Forwarded-* and Forwarded fields are believed and added to.
    package var trustedNetworks: [AddressNetwork] = []

    /// Whether request fields with `_` in their name go on; they are dropped and counted otherwise.
    package var keepsUnderscoreNames = false

    /// What is written to the access log; nil for none.
    package var accessLog: AccessLogSettings?

    /// Whether requests are counted by rule and host, for a week: no paths, queries or addresses.
    package var countsTraffic = true

    /// What requests carry to backends for which the operator holds it.
    package var secrets = BackendSecrets()

    /// Bounds on connections and bodies.
    package var limits = GatewayLimits()
    /// How long each thing may take.
    package var timeouts = GatewayTimeouts()

    /// The usual limits and times.
    package init(listeners: [SocketAddress], loopCount: Int) {
        self.listeners = listeners.map { GatewayListener($0) }
        self.loopCount = loopCount
    }
}

/// Bounds of one gateway; each is a count for one loop unless it says otherwise.
package struct GatewayLimits: Sendable {
    /// Client connections of a loop. At the limit, new ones wait in the kernel's queue.
    package var clientsMax = 32_768

    /// Client connections of the process, all loops together; at the limit new ones wait in the
    /// kernel's queue.
    package var connectionsMax = 65_536

    /// Client connections of one address (of a /64 for IPv6); more are answered 503. nil for no
    /// limit: behind a balancer without PROXY protocol all clients have one address.
    package var connectionsPerAddressMax: Int?

    /// How large a request's head may be: 414 and 431.
    package var requestHead = HeadLimits.request

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

    /// Silence in both directions of a tunnel (an upgraded connection).
    package var tunnelIdleMs: Int64 = 3_600_000

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
