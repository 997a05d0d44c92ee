import ArgumentParser
import Proxy

/// How long a gateway waits for what. Durations as 10s, 500ms, 1h30m.
struct GatewayTimes: ParsableArguments {
    @Option(
        help: ArgumentHelp("For a whole request head; over: 408.", valueName: "time"))
    var headTimeout = TimeSpan(milliseconds: 10_000)

    @Option(
        help: ArgumentHelp("For a client's next request on its connection.", valueName: "time"))
    var keepAlive = TimeSpan(milliseconds: 60_000)

    @Option(
        help: ArgumentHelp(
            "Octets a second that a client must send of its body, or take of a response, over any "
                + "10 s that are waited for it.", valueName: "octets"))
    var minRate = 1024

    @Option(help: ArgumentHelp("For a connection to an endpoint.", valueName: "time"))
    var connectTimeout = TimeSpan(milliseconds: 3_000)

    @Option(
        help: ArgumentHelp("For a whole response head; over: 504.", valueName: "time"))
    var responseTimeout = TimeSpan(milliseconds: 30_000)

    @Option(
        help: ArgumentHelp("For an endpoint's next octets within a response.", valueName: "time"))
    var silenceTimeout = TimeSpan(milliseconds: 60_000)

    @Option(
        help: ArgumentHelp(
            "For any octet through a tunnel (WebSocket and other upgrades).", valueName: "time"))
    var tunnelTimeout = TimeSpan(milliseconds: 3_600_000)

    @Option(
        help: ArgumentHelp("For requests in flight when the gateway is stopped.", valueName: "time")
    )
    var stopTimeout = TimeSpan(milliseconds: 30_000)

    @Option(
        help: ArgumentHelp(
            "For requests and tunnels in flight when a successor took over.", valueName: "time"))
    var drain = TimeSpan(milliseconds: 3_600_000)

    /// Sets them.
    func apply(to timeouts: inout GatewayTimeouts) {
        timeouts.headMs = headTimeout.milliseconds
        timeouts.clientIdleMs = keepAlive.milliseconds
        timeouts.paceOctetsMin = max(0, min(minRate, 1 << 30)) * Int(timeouts.paceWindowMs) / 1000
        timeouts.connectMs = connectTimeout.milliseconds
        timeouts.firstOctetMs = responseTimeout.milliseconds
        timeouts.silenceMs = silenceTimeout.milliseconds
        timeouts.tunnelIdleMs = tunnelTimeout.milliseconds
    }

    /// The same options once more, for a child.
    var arguments: [String] {
        [
            "--head-timeout", "\(headTimeout)", "--keep-alive", "\(keepAlive)",
            "--min-rate", "\(minRate)", "--connect-timeout", "\(connectTimeout)",
            "--response-timeout", "\(responseTimeout)", "--silence-timeout", "\(silenceTimeout)",
            "--tunnel-timeout", "\(tunnelTimeout)", "--stop-timeout", "\(stopTimeout)",
            "--drain", "\(drain)",
        ]
    }
}
