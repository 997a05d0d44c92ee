import ArgumentParser
import AsyncHTTPClient
import Foundation
import LogHTTP
import LogReader
import Proxy
import Reactor
import ServiceLifecycle
import TransparencyLog
import UnixSignals

/// `commonway gateway`: a data plane that follows a log, on this machine or any other.
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Serve what a log says was ratified.",
        discussion: """
            Follows a log, verifies every entry, and serves the table that follows. There is no \
            flag, file or call that sets a route. While the log is away the last verified table \
            stays; before the first one every request is answered 503.

            SIGTERM and SIGINT stop it in order. SIGUSR1 opens the access log's file again. A \
            second gateway started with --take-over and the same state folder takes the listeners \
            over: no connection is refused, and this one ends when its requests and tunnels have.
            """)

    @OptionGroup var log: LogOptions

    @Option(
        help: ArgumentHelp(
            "Where to remember the checkpoint accepted last (default: beside the card).",
            valueName: "folder"))
    var state: String?

    @Option(
        help: ArgumentHelp(
            "An address that no endpoint may have, such as the council's.",
            valueName: "address:port"))
    var forbid: [String] = []

    @Option(help: ArgumentHelp("How often to look at the log, milliseconds.", valueName: "ms"))
    var poll = 1000

    @Flag(help: "Take the listeners over from the gateway that runs with the same state folder.")
    var takeOver = false

    @OptionGroup var options: GatewayOptions

    @Flag(help: .hidden)
    var supervised = false

    private static let pollRange = 10...600_000

    func run() async throws {
        guard Self.pollRange.contains(poll) else {
            throw Complaint.usage("--poll is 10…600000 milliseconds")
        }
        Output.level = options.logging.level
        let client = HTTPSource.makeClient()
        do {
            try await serve(client)
            try await client.shutdown()
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private func serve(_ client: HTTPClient) async throws {
        let card = try log.card()
        let accepted = AcceptedCheckpoint(stateFolder)
        let snapshots = SnapshotFile(stateFolder)
        let follower = try LogFollower(
            card: card, source: try log.source(client),
            accepted: try accepted.read(key: try verifier(of: card)),
            snapshot: snapshots.read { Output.words($0) })
        let handedOver = HandedOver()
        let gateway: Gateway
        var feed: TableFeed
        if takeOver {
            (gateway, feed) = try await succeed(follower, accepted, snapshots, handedOver)
        } else {
            gateway = try makeGateway(inheriting: UniqueArray())
            feed = TableFeed(
                gateway: gateway, follower: follower, accepted: accepted,
                snapshots: snapshots, handedOver: handedOver)
            try start(gateway)
        }
        let writer = try options.logging.destination.map {
            try AccessLogWriter(gateway, to: $0, keepDays: options.logging.accessLogKeep)
        }
        let traffic = try gateway.traffic.map { try TrafficKeeper($0, in: stateFolder) }
        try announce(gateway)
        var services: [any Service] = [
            FeedService(feed: feed, pollMilliseconds: poll, folder: log.folder),
            SignalService(signal: .sigusr1) { writer?.reopen() },
            PauseReport(gateway: gateway),
        ]
        if let path = handOverPath {
            services.append(
                HandOverService(
                    gateway: gateway, path: path, drain: options.times.drain.duration,
                    handedOver: handedOver, leaving: { traffic?.handOver() }))
        }
        try await Lifetime.run(supervised: supervised, services)
        gateway.stop(
            drain: options.times.stopTimeout.duration, closesIdle: !handedOver.isSet)
        writer?.stop()
        traffic?.stop()
    }

    /// Takes the listeners over: verifies the log first, so that the former gateway goes only when
    /// this one serves.
    private func succeed(
        _ follower: LogFollower, _ accepted: AcceptedCheckpoint, _ snapshots: SnapshotFile,
        _ handedOver: HandedOver
    ) async throws -> (Gateway, TableFeed) {
        guard let path = handOverPath else {
            throw Complaint.usage(
                "the state folder's path is too long for a socket", at: stateFolder.path)
        }
        do {
            var former = try HandOver(from: path)
            var listeners = UniqueArray<Listener>()
            swap(&listeners, &former.listeners)
            let gateway = try makeGateway(inheriting: listeners)
            var feed = TableFeed(
                gateway: gateway, follower: follower, accepted: accepted,
                snapshots: snapshots, handedOver: handedOver)
            _ = await feed.look()
            guard feed.isServing else {
                throw Complaint.refused(
                    "no table was verified, so nothing is taken over",
                    next: "the former gateway goes on; mend what is said above and try again")
            }
            try start(gateway)
            try former.complete()
            return (gateway, feed)
        } catch let fault as HandOver.Fault {
            throw Complaint.refused(
                "\(fault)", at: "--take-over", next: "start a gateway without --take-over")
        }
    }

    private func start(_ gateway: Gateway) throws(Complaint) {
        do throws(GatewayError) {
            try gateway.start()
        } catch {
            throw .refused("\(error)")
        }
    }

    /// Opens the admin listener and says where everything is.
    private func announce(_ gateway: Gateway) throws(Complaint) {
        do throws(GatewayError) {
            if let admin = try gateway.startAdmin() {
                Output.words("metrics, health and traffic at \(admin.description)")
            }
        } catch {
            throw .refused(
                error.description, at: "--admin", next: "name another address, or --admin none")
        }
        for address in gateway.boundAddresses {
            try Output.data(
                address.family == .local
                    ? "gateway \(address.description)" : "gateway http://\(address.description)")
        }
    }

    private var stateFolder: URL {
        if let state { return URL(fileURLWithPath: LocalFile.expanded(state), isDirectory: true) }
        let card = URL(fileURLWithPath: LocalFile.expanded(log.community))
        return card.deletingLastPathComponent().appendingPathComponent("gateway", isDirectory: true)
    }

    /// Where a successor asks; nil when the path would be too long for a socket.
    private var handOverPath: SocketAddress? {
        SocketAddress(path: stateFolder.appendingPathComponent("hand-over.sock").path)
    }

    private func verifier(of card: CommunityCard) throws(Complaint) -> VerifierKey {
        do {
            return try VerifierKey(text: card.key)
        } catch {
            throw .usage("the card's key is refused: \(error)", at: log.community)
        }
    }

    private func makeGateway(
        inheriting listeners: consuming UniqueArray<Listener>
    ) throws(Complaint) -> Gateway {
        try LocalFile.makePrivateFolder(stateFolder.path)
        var configuration = try options.configuration(stateFolder: stateFolder)
        for text in forbid {
            configuration.forbiddenAddresses.append(
                try GatewayOptions.socketAddress(text, flag: "--forbid"))
        }
        do {
            return try Gateway(configuration, inheriting: listeners)
        } catch {
            throw .refused(
                "\(error.description)", at: "--gateway",
                next: "stop what listens there, or name another address; port 0 takes a free one")
        }
    }
}
