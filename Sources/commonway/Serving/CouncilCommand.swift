import AdminAPI
import ArgumentParser
import Council
import Foundation
import LogReader
import Logging
import ServiceLifecycle
import Store
import TransparencyLog

/// `commonway council`: the control plane alone.
struct CouncilCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "council", abstract: "Run the council: the API, and the one writer of the log."
    )

    @Option(help: ArgumentHelp("The community's folder.", valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "address:port"))
    var council = "127.0.0.1:8081"

    @Flag(help: "A proxy in front ends TLS: needed for any address that is not loopback.")
    var behindTls = false

    @Option(
        help: ArgumentHelp("A host name that clients may ask for; once each.", valueName: "name"))
    var host: [String] = []

    @Option(help: ArgumentHelp("The folder of the web pages.", valueName: "folder"))
    var pages: String?

    @Option(
        help: ArgumentHelp(
            "What a password check costs: memory in MiB, passes, lanes.", valueName: "m/t/p"))
    var passwordCost = "64/3/1"

    @Option(
        help: ArgumentHelp(
            "The admin listener of a gateway on this machine, unix:PATH or "
                + "http://127.0.0.1:PORT: it is asked each minute what requests it has counted, "
                + "and plans say how many of them would move. Once for each gateway.",
            valueName: "address"))
    var traffic: [String] = []

    @OptionGroup(title: "Time") var time: ClockOptions

    @OptionGroup(title: "Witnesses") var witnesses: WitnessOptions

    @Flag(help: .hidden)
    var supervised = false

    func run() async throws {
        let folder = DataFolder(data)
        try folder.requireCommunity()
        let address = try ListenAddress(council, flag: "--council")
        let interval = try time.milliseconds()
        let pagesFolder = try PagesFolder.find(named: pages)
        let gateways = try trafficAddresses()
        let recorded = RecordedTraffic(gateways: gateways.count)
        let policy = try folder.witnessPolicy()
        try witnesses.check(against: policy, card: folder.card)
        let addresses = try witnesses.addresses()
        do {
            let store = try Store(path: folder.store.path, hashing: try hashing())
            let keeper = try await open(store, folder, policy)
            let (collector, asking) = asking(keeper, addresses)
            let server = try AdminServer(
                configuration: AdminConfiguration(
                    address: address.host, port: Int(address.port), logFolder: folder.log.path,
                    pagesFolder: pagesFolder, isBehindTLS: behindTls, hosts: host,
                    clock: .continuous),
                council: keeper, credentials: store.credentials, records: store.records,
                traffic: recorded, witnesses: collector, now: { Moment.now },
                logger: Self.logger,
                onBound: { port in
                    let bound = ListenAddress(host: address.host, port: UInt16(clamping: port))
                    try? Output.data("council http://\(bound)")
                })
            try await Lifetime.run(
                supervised: supervised,
                [
                    server, ClockService(council: keeper, intervalMilliseconds: interval),
                    OrderService(council: keeper, box: OrderBox(folder: folder.orders)),
                    TrafficPoll(gateways: gateways, traffic: recorded), asking,
                ])
            try store.close()
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw Self.complaint(error, at: folder)
        }
    }

    private func trafficAddresses() throws(Complaint) -> [TrafficAddress] {
        var addresses: [TrafficAddress] = []
        for text in traffic { addresses.append(try TrafficAddress(text)) }
        return addresses
    }

    private static var logger: Logger {
        var logger = Logger(label: "council") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        return logger
    }

    /// Who asks the witnesses, and the service that lets it.
    private func asking(
        _ keeper: Council, _ addresses: [WitnessAddress]
    ) -> (WitnessCollector, WitnessService) {
        let client = WitnessDoor.makeClient()
        let collector = WitnessCollector(
            council: keeper,
            clients: addresses.map { WitnessDoor(address: $0.text, client: client) },
            clock: .continuous, tell: { Output.trouble(Output.plain($0)) })
        return (
            collector,
            WitnessService(
                collector: collector, client: client,
                isNeeded: !keeper.card.witnesses.isEmpty)
        )
    }

    private func open(
        _ store: Store, _ folder: DataFolder, _ policy: WitnessPolicy
    ) async throws -> Council {
        let publisher = try Publisher(
            log: LogFolder(folder.log), lastSigned: LastSigned(folder.lastSigned),
            signers: try folder.signers(),
            witnesses: policy)
        return try await Council.start(
            journal: store.journal, mirror: store.mirror, publisher: publisher,
            clock: { Moment.now })
    }

    private func hashing() throws -> HashingConfiguration {
        let parts = passwordCost.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 3 else {
            throw Complaint.usage(
                "\"\(passwordCost)\" is no password cost", at: "--password-cost",
                next: "write it as 64/3/1: MiB of memory, passes, lanes")
        }
        return HashingConfiguration(
            cost: try Argon2Cost(
                memoryKibibytes: parts[0] * 1024, passes: parts[1], lanes: parts[2]))
    }

    private static func complaint(_ error: any Error, at folder: DataFolder) -> Complaint {
        .refused(
            "the council cannot go on: \(Reason.text(error))", at: folder.root.path,
            next: advice(error, folder))
    }

    /// A journal that is not the log that was signed is made anew from the log's files.
    private static func advice(_ error: any Error, _ folder: DataFolder) -> String? {
        switch error {
        case CouncilFault.leafMismatch, CouncilFault.rootMismatch, CouncilFault.entriesLost,
            CouncilFault.notFounded, CouncilFault.journal(.corrupt), StoreError.cannotOpen:
            "commonway rebuild --data \(folder.root.path)"
        default: nil
        }
    }
}
