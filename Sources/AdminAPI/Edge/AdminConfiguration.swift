/// Where the council's HTTP API listens and what it serves from.
package struct AdminConfiguration: Sendable {
    /// The address to bind, such as `127.0.0.1`.
    package let address: String
    /// The port to bind; 0 takes a free one, which is reported once bound.
    package let port: Int
    /// Whether a proxy in front ends TLS: cookies are then `Secure`, and the address may be any.
    package let isBehindTLS: Bool
    /// Further host names that clients may ask for, without port, lower case.
    package let hosts: [String]
    /// The folder of the pages, read once at the start; `nil` serves none.
    package let pagesFolder: String?
    /// The folder into which the council publishes checkpoint and tiles.
    package let logFolder: String

    /// How often a stream of events says that it lives.
    package let heartbeat: Duration
    /// What times the heartbeats.
    package let clock: any Clock<Duration>

    /// How long a session lasts, milliseconds: a week, so that a vote's period needs few log-ins.
    package static let sessionLifetimeMilliseconds: Int64 = 7 * 86_400_000

    /// The longest request body, octets.
    package static let bodyOctetsMax = 1 << 20

    /// Connections held at once; a further one waits in the listener's backlog. Each costs some
    /// tens of KiB, so these stay under 100 MiB.
    package static let connectionsMax = 2_048

    /// How long a connection may stay silent between requests, or take over sending a head,
    /// seconds.
    package static let idleTimeoutSeconds: Int64 = 60

    /// A configuration made of its parts; ``AdminServer`` checks it.
    package init(
        address: String, port: Int, logFolder: String, pagesFolder: String? = nil,
        isBehindTLS: Bool = false, hosts: [String] = [], heartbeat: Duration = .seconds(15),
        clock: some Clock<Duration>
    ) {
        self.address = address
        self.port = port
        self.logFolder = logFolder
        self.pagesFolder = pagesFolder
        self.isBehindTLS = isBehindTLS
        self.hosts = hosts.map { $0.lowercased() }
        self.heartbeat = heartbeat
        self.clock = clock
    }

    /// Whether only this machine can reach the address.
    var isLoopback: Bool {
        address == "localhost" || address == "::1" || address == "[::1]"
            || (address.hasPrefix("127.")
                && address.utf8.allSatisfy {
                    $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                })
    }
}
