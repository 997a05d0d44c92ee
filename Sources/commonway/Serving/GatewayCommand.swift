import ArgumentParser
import AsyncHTTPClient
import Foundation
import LogHTTP
import LogReader
import Proxy
import Reactor
import ServiceLifecycle
import TransparencyLog

/// `commonway gateway`: a data plane that follows a log, on this machine or any other.
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Serve what a log says was ratified.",
        discussion: """
            Follows a log, verifies every entry, and serves the table that follows. There is no \
            flag, file or call that sets a route. While the log is away the last verified table \
            stays; before the first one every request is answered 503.
            """)

    @OptionGroup var options: LogOptions

    @Option(
        help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "address:port"))
    var gateway = "127.0.0.1:8080"

    @Option(
        help: ArgumentHelp(
            "Where to remember the checkpoint accepted last (default: beside the card).",
            valueName: "folder"))
    var state: String?

    @Option(help: "Event loops; as many as there are cores unless said otherwise.")
    var loops: Int?

    @Option(
        help: ArgumentHelp(
            "An address that no endpoint may have, such as the council's.",
            valueName: "address:port"))
    var forbid: [String] = []

    @Option(help: ArgumentHelp("How often to look at the log, milliseconds.", valueName: "ms"))
    var poll = 1000

    @Flag(help: .hidden)
    var supervised = false

    /// How long requests in flight may take at a stop.
    private static let drain: Duration = .seconds(30)
    private static let pollRange = 10...600_000

    func run() async throws {
        guard Self.pollRange.contains(poll) else {
            throw Complaint.usage("--poll is 10…600000 milliseconds")
        }
        let card = try options.card()
        let gateway = try makeGateway()
        let accepted = AcceptedCheckpoint(stateFolder)
        let key = try verifier(of: card)
        let client = HTTPSource.makeClient()
        let feed = TableFeed(
            gateway: gateway,
            follower: try LogFollower(
                card: card, source: try options.source(client),
                accepted: try accepted.read(key: key)),
            accepted: accepted)
        do throws(GatewayError) {
            try gateway.start()
        } catch {
            throw Complaint.refused("\(error)")
        }
        try Output.data("gateway http://\(gateway.boundAddresses[0].description)")
        try await Lifetime.run(
            supervised: supervised,
            [
                FeedService(feed: feed, pollMilliseconds: poll, folder: options.folder)
            ])
        gateway.stop(drain: Self.drain)
        try await client.shutdown()
    }

    private var stateFolder: URL {
        if let state { return URL(fileURLWithPath: LocalFile.expanded(state), isDirectory: true) }
        let card = URL(fileURLWithPath: LocalFile.expanded(options.community))
        return card.deletingLastPathComponent().appendingPathComponent("gateway", isDirectory: true)
    }

    private func verifier(of card: CommunityCard) throws(Complaint) -> VerifierKey {
        do {
            return try VerifierKey(text: card.key)
        } catch {
            throw .usage("the card's key is refused: \(error)", at: options.community)
        }
    }

    private func makeGateway() throws(Complaint) -> Gateway {
        let count = loops ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        var configuration = GatewayConfiguration(
            listeners: [try socketAddress(gateway, flag: "--gateway")], loopCount: count)
        for text in forbid {
            configuration.forbiddenAddresses.append(try socketAddress(text, flag: "--forbid"))
        }
        do {
            return try Gateway(configuration)
        } catch {
            throw .refused(
                "\(error.description)", at: "--gateway",
                next: "stop what listens there, or name another address; port 0 takes a free one")
        }
    }

    private func socketAddress(_ text: String, flag: String) throws(Complaint) -> SocketAddress {
        let address = try ListenAddress(text, flag: flag)
        guard let socket = SocketAddress(numeric: address.host, port: address.port) else {
            throw .usage("\"\(text)\" is no address and port", at: flag)
        }
        return socket
    }
}
