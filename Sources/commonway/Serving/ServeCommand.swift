import ArgumentParser
import Foundation
import Proxy
import Reactor
import ServiceLifecycle
import UnixSignals

/// `commonway serve`: council and gateway of one community, as two processes (law 6).
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run council and gateway, two processes, and keep them up.",
        discussion: """
            Starts commonway council and commonway gateway and starts whichever ends again. Prints \
            a line for each: its name, its address, its process number. The gateway reads the \
            published log and nothing else; a council that is down costs no request. SIGHUP \
            replaces the gateway's process by a new one of the program as it is then, without \
            refusing a connection.
            """)

    @Option(help: ArgumentHelp("The community's folder.", valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "Where the council listens; port 0 takes a free one.", valueName: "address:port"))
    var council = "127.0.0.1:8081"

    @Flag(help: "A proxy in front of the council ends TLS: needed unless it listens on loopback.")
    var behindTls = false

    @Option(help: ArgumentHelp("A host name of the council; once each.", valueName: "name"))
    var host: [String] = []

    @Option(help: ArgumentHelp("The folder of the web pages.", valueName: "folder"))
    var pages: String?

    @Option(
        help: ArgumentHelp("What a password check costs the council.", valueName: "m/t/p"))
    var passwordCost = "64/3/1"

    @Option(
        help: ArgumentHelp(
            "The admin listener of a gateway that the council asks what it has counted; once for "
                + "each. The gateway of its own unless said otherwise.", valueName: "address"))
    var traffic: [String] = []

    @OptionGroup(title: "Time") var time: ClockOptions

    @OptionGroup(title: "Witnesses") var witnesses: WitnessOptions

    @OptionGroup(title: "The gateway") var options: GatewayOptions

    @Flag(help: .hidden)
    var supervised = false

    func run() async throws {
        let folder = DataFolder(data)
        try folder.requireCommunity()
        // What is wrong with the gateway's options is better said here than by a child.
        _ = try options.configuration(stateFolder: folder.gateway)
        _ = try ListenAddress(council, flag: "--council")
        for address in traffic { _ = try TrafficAddress(address) }
        _ = try time.milliseconds()
        try witnesses.check(against: try folder.witnessPolicy(), card: folder.card)
        _ = try witnesses.addresses()
        let keeper = SupervisedRole(
            name: "council", addressFile: folder.run.appendingPathComponent("council"),
            arguments: councilArguments)
        let server = SupervisedRole(
            name: "gateway", addressFile: folder.run.appendingPathComponent("gateway"),
            arguments: gatewayArguments)
        try await Lifetime.run(
            supervised: supervised,
            [
                keeper, Following(first: keeper, then: server),
                SignalService(signal: .sighup) { await server.replace() },
            ])
    }

    private func councilArguments(_ bound: [String]) -> [String] {
        var arguments = [
            "council", "--supervised", "--data", data, "--council", bound.first ?? council,
            "--password-cost", passwordCost,
        ]
        if behindTls { arguments.append("--behind-tls") }
        for name in host { arguments += ["--host", name] }
        if let pages { arguments += ["--pages", pages] }
        for address in trafficAddresses { arguments += ["--traffic", address] }
        arguments += time.arguments + witnesses.arguments
        return arguments
    }

    /// Where the council asks what was counted: those that are named, else the gateway of its own,
    /// where it counts and its admin listener is at an address that is known before it starts.
    private var trafficAddresses: [String] {
        if !traffic.isEmpty { return traffic }
        let configuration = try? options.configuration(stateFolder: DataFolder(data).gateway)
        guard let configuration, configuration.countsTraffic, let admin = configuration.admin
        else { return [] }
        if admin.family == .local { return ["unix:\(admin.path)"] }
        return admin.port == 0 ? [] : ["http://\(admin.description)"]
    }

    private func gatewayArguments(_ bound: [String]) -> [String] {
        let folder = DataFolder(data)
        var arguments = [
            "gateway", "--supervised", "--log", folder.log.path, "--community", folder.card.path,
            "--state", folder.gateway.path,
        ]
        arguments += options.arguments(bound: bound.isEmpty ? nil : addresses(bound))
        if let text = try? String(
            contentsOf: folder.run.appendingPathComponent("council"), encoding: .utf8)
        {
            arguments += ["--forbid", text.trimmingCharacters(in: .whitespacesAndNewlines)]
        }
        return arguments
    }

    /// The addresses that were bound, each as it was asked for but with its port.
    private func addresses(_ bound: [String]) -> [String] {
        zip(bound, options.gateway).map { address, asked in
            let options = asked.split(separator: ",").dropFirst()
            return ([address] + options.map(String.init)).joined(separator: ",")
        }
    }
}

/// Starts one role once the other's address is known: the gateway must refuse endpoints that are
/// the council's own door.
private struct Following: Service {
    let first: SupervisedRole
    let then: SupervisedRole

    func run() async throws {
        try await first.waitUntilBound()
        try await then.run()
    }
}
