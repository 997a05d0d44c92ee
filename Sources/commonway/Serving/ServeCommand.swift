import ArgumentParser
import Foundation
import ServiceLifecycle

/// `commonway serve`: council and gateway of one community, as two processes (law 6).
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run council and gateway, two processes, and keep them up.",
        discussion: """
            Starts commonway council and commonway gateway and starts whichever ends again. Prints \
            a line for each: its name, its address, its process number. The gateway reads the \
            published log and nothing else; a council that is down costs no request.
            """)

    @Option(help: ArgumentHelp("The community's folder.", valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "Where the gateway listens; port 0 takes a free one.", valueName: "address:port"))
    var gateway = "127.0.0.1:8080"

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

    @Option(help: "The gateway's event loops; as many as there are cores unless said otherwise.")
    var loops: Int?

    @Flag(help: .hidden)
    var supervised = false

    func run() async throws {
        let folder = DataFolder(data)
        try folder.requireCommunity()
        _ = try ListenAddress(gateway, flag: "--gateway")
        _ = try ListenAddress(council, flag: "--council")
        let keeper = SupervisedRole(
            name: "council", addressFile: folder.run.appendingPathComponent("council"),
            arguments: councilArguments)
        let server = SupervisedRole(
            name: "gateway", addressFile: folder.run.appendingPathComponent("gateway"),
            arguments: gatewayArguments)
        try await Lifetime.run(
            supervised: supervised, [keeper, Following(first: keeper, then: server)])
    }

    private func councilArguments(_ bound: String?) -> [String] {
        var arguments = [
            "council", "--supervised", "--data", data, "--council", bound ?? council,
            "--password-cost", passwordCost,
        ]
        if behindTls { arguments.append("--behind-tls") }
        for name in host { arguments += ["--host", name] }
        if let pages { arguments += ["--pages", pages] }
        return arguments
    }

    private func gatewayArguments(_ bound: String?) -> [String] {
        let folder = DataFolder(data)
        var arguments = [
            "gateway", "--supervised", "--log", folder.log.path, "--community", folder.card.path,
            "--state", folder.gateway.path, "--gateway", bound ?? gateway,
        ]
        if let text = try? String(
            contentsOf: folder.run.appendingPathComponent("council"), encoding: .utf8)
        {
            arguments += ["--forbid", text.trimmingCharacters(in: .whitespacesAndNewlines)]
        }
        if let loops { arguments += ["--loops", "\(loops)"] }
        return arguments
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
