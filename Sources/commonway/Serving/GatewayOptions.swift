import ArgumentParser
import Foundation
import HTTP1
import Proxy
import Reactor

/// What an operator settles about a gateway: where it listens, whom it believes, its bounds and
/// times. Routes are none of it (law 3). The same options for `gateway` and for `serve`, which
/// passes them on.
struct GatewayOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where to listen: ADDRESS:PORT, port 0 takes a free one, or unix:PATH. With "
                + ",proxy-protocol behind it every connection must begin with a PROXY protocol "
                + "header (version 1 or 2). Once for each address.",
            valueName: "address"))
    var gateway: [String] = ["127.0.0.1:8080"]

    @Option(
        help: ArgumentHelp(
            "Where metrics (/metrics), health (/healthz, /readyz) and traffic (/traffic) are "
                + "answered: unix:PATH, an address of this machine with a port, or none. Also "
                + "COMMONWAY_ADMIN.",
            discussion: "Unless said otherwise: admin.sock in the state folder.",
            valueName: "address"))
    var admin: String?

    @Option(help: "Event loops; as many as there are cores unless said otherwise.")
    var loops: Int?

    @Option(
        help: ArgumentHelp(
            "A network whose proxies are believed: their X-Forwarded-* and Forwarded fields are "
                + "kept and added to. Once for each.", valueName: "network"))
    var trust: [String] = []

    @Flag(
        help: ArgumentHelp(
            "Pass request fields on that have _ in their name; many backends read _ and - as one, "
                + "so they are dropped otherwise."))
    var keepUnderscoreNames = false

    @Option(
        help: ArgumentHelp(
            "A folder with what requests carry to backends and documents only name: a file "
                + "BACKEND/NAME for each secret, of mode 0600. Read at the start.",
            valueName: "folder"))
    var secrets: String?

    @Flag(
        help: ArgumentHelp(
            "Count no requests by rule and host. Unless said otherwise the counts of the last 7 "
                + "days are kept in the state folder and answered at /traffic of the admin "
                + "listener: no paths, queries or addresses."))
    var noTraffic = false

    @OptionGroup(title: "Bounds") var bounds: GatewayBounds
    @OptionGroup(title: "Times") var times: GatewayTimes
    @OptionGroup(title: "Log") var logging: GatewayLogging

    /// The configuration that follows from them.
    ///
    /// - Parameter stateFolder: Where the admin listener is, unless said otherwise.
    /// - Throws: ``Complaint`` naming the flag.
    func configuration(stateFolder: URL) throws(Complaint) -> GatewayConfiguration {
        let count = loops ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        var configuration = GatewayConfiguration(listeners: [], loopCount: count)
        for text in gateway { configuration.listeners.append(try Self.listener(text)) }
        configuration.admin = try adminAddress(stateFolder)
        for text in trust {
            guard let network = AddressNetwork(text) else {
                throw .usage(
                    "\"\(text)\" is no network", at: "--trust",
                    next: "write it as 10.0.0.0/8 or 2001:db8::/32, with 0 behind the prefix")
            }
            configuration.trustedNetworks.append(network)
        }
        configuration.keepsUnderscoreNames = keepUnderscoreNames
        if let secrets { configuration.secrets = try SecretsFolder.read(secrets) }
        try bounds.apply(to: &configuration.limits)
        times.apply(to: &configuration.timeouts)
        configuration.accessLog = logging.settings
        configuration.countsTraffic = !noTraffic
        return configuration
    }

    /// Reads `ADDRESS:PORT`, `unix:PATH`, each perhaps with `,proxy-protocol`.
    ///
    /// - Throws: ``Complaint``.
    static func listener(_ text: String) throws(Complaint) -> GatewayListener {
        var parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let place = String(parts.removeFirst())
        if let unknown = parts.first(where: { $0 != "proxy-protocol" }) {
            throw .usage(
                "\"\(unknown)\" is no option of a listener", at: "--gateway",
                next: "there is ,proxy-protocol")
        }
        return GatewayListener(
            try socketAddress(place, flag: "--gateway"), expectsProxyHeader: !parts.isEmpty)
    }

    /// Reads `ADDRESS:PORT` or `unix:PATH`.
    ///
    /// - Throws: ``Complaint`` naming the flag.
    static func socketAddress(_ text: String, flag: String) throws(Complaint) -> SocketAddress {
        if text.hasPrefix("unix:") {
            let path = LocalFile.expanded(String(text.dropFirst(5)))
            guard let address = SocketAddress(path: path) else {
                throw .usage(
                    "\"\(path)\" is no path of a socket", at: flag,
                    next: "give one of 1 to 107 octets")
            }
            return address
        }
        let address = try ListenAddress(text, flag: flag)
        guard let socket = SocketAddress(numeric: address.host, port: address.port) else {
            throw .usage("\"\(text)\" is no address and port", at: flag)
        }
        return socket
    }

    private func adminAddress(_ stateFolder: URL) throws(Complaint) -> SocketAddress? {
        let text = admin ?? ProcessInfo.processInfo.environment["COMMONWAY_ADMIN"]
        if text == "none" { return nil }
        guard let text else {
            // A state folder may lie too deep for a socket's path; then there is no door unless
            // one is named.
            return SocketAddress(path: stateFolder.appendingPathComponent("admin.sock").path)
        }
        let address = try Self.socketAddress(text, flag: "--admin")
        if address.family != .local && !Self.isLoopback(address) {
            throw .usage(
                "\(text) can be reached from other machines", at: "--admin",
                next: "name 127.0.0.1, [::1] or unix:PATH; metrics and health are for this machine")
        }
        return address
    }

    /// Whether only this machine can reach an address of a network.
    static func isLoopback(_ address: SocketAddress) -> Bool {
        ["127.0.0.0/8", "::1"].contains { AddressNetwork($0)?.contains(address) == true }
    }

    /// The same options once more, for a child.
    ///
    /// - Parameter bound: Where the child listened before, in the order of ``gateway``.
    func arguments(bound: [String]?) -> [String] {
        var arguments = (bound ?? gateway).flatMap { ["--gateway", $0] }
        if let admin { arguments += ["--admin", admin] }
        if let loops { arguments += ["--loops", "\(loops)"] }
        for network in trust { arguments += ["--trust", network] }
        if let secrets { arguments += ["--secrets", secrets] }
        if keepUnderscoreNames { arguments.append("--keep-underscore-names") }
        if noTraffic { arguments.append("--no-traffic") }
        return arguments + bounds.arguments + times.arguments + logging.arguments
    }
}
