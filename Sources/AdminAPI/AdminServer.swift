package import Council
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// The council's HTTP door: the API, the log's files and the pages, on one address.
///
/// Runs as a service: it listens from ``run()`` until graceful shutdown or cancellation.
package struct AdminServer: Service, CustomStringConvertible {
    /// What a group of services calls it by; without this it would write out everything in here.
    package var description: String { "AdminServer" }

    private let configuration: AdminConfiguration
    private let responder: AdminResponder
    private let logger: Logger
    private let onBound: @Sendable (Int) async -> Void

    /// Puts the door together; nothing listens yet.
    ///
    /// - Parameters:
    ///   - council: Who decides and knows.
    ///   - credentials: Who may log in.
    ///   - records: Handles, and the texts of reasons.
    ///   - traffic: What gateways have counted; none unless they are asked.
    ///   - witnesses: Who asks the community's witnesses; nobody unless there are some.
    ///   - now: The council's clock, milliseconds since 1970.
    ///   - onBound: Called once with the port bound, when requests are answered.
    /// - Throws: ``AdminStartError``.
    package init(
        configuration: AdminConfiguration, council: Council, credentials: any Credentials,
        records: any PersonalRecords,
        traffic: RecordedTraffic = RecordedTraffic(gateways: 0),
        witnesses: WitnessCollector? = nil,
        now: @escaping @Sendable () -> Int64, logger: Logger,
        onBound: @escaping @Sendable (Int) async -> Void
    ) throws(AdminStartError) {
        guard configuration.isLoopback || configuration.isBehindTLS else {
            throw .notLoopback(address: configuration.address)
        }
        let pages =
            if let folder = configuration.pagesFolder {
                try StaticFiles(folder: folder)
            } else {
                StaticFiles()
            }
        let doorkeeper = Doorkeeper(credentials: credentials, configuration: configuration)
        let calls = Self.calls(
            council: council, credentials: credentials, records: records, traffic: traffic,
            witnesses: witnesses, configuration: configuration, openAPI: pages.openAPI)
        responder = AdminResponder(
            calls: calls,
            pages: pages, logFiles: LogFiles(folder: configuration.logFolder),
            facts: { await WitnessFacts(of: council, witnesses) },
            doorkeeper: doorkeeper, now: now,
            isBehindTLS: configuration.isBehindTLS)
        self.configuration = configuration
        self.logger = logger
        self.onBound = onBound
    }

    /// Every call of the API.
    static func calls(
        council: Council, credentials: any Credentials, records: any PersonalRecords,
        traffic: RecordedTraffic, witnesses: WitnessCollector? = nil,
        configuration: AdminConfiguration, openAPI: StaticFile?
    ) -> [APICall] {
        let doorkeeper = Doorkeeper(credentials: credentials, configuration: configuration)
        let streams = EventStreams(
            heartbeat: configuration.heartbeat, clock: configuration.clock)
        let groups: [[APICall]] = [
            CommunityCalls(council: council, openAPI: openAPI).all,
            AccountCalls(
                council: council, credentials: credentials, records: records,
                doorkeeper: doorkeeper
            ).all,
            StatementCalls(council: council, records: records).all,
            MemberCalls(council: council, records: records).all,
            ProposalCalls(
                council: council, records: records, book: ProposalBook(), traffic: traffic
            ).all,
            TrafficCalls(traffic: traffic).all,
            DocumentCalls(council: council).all,
            OverlayCalls(council: council).all,
            LogCalls(council: council, streams: streams).all,
            WitnessCalls(council: council, collector: witnesses).all,
            FeedCalls(council: council, isBehindTLS: configuration.isBehindTLS).all,
        ]
        return groups.flatMap(\.self)
    }

    /// Listens and answers until the program ends.
    ///
    /// - Throws: What binding throws, such as an address in use.
    package func run() async throws {
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: .seconds(AdminConfiguration.idleTimeoutSeconds))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.address, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    AdminConfiguration.connectionsMax)),
            onServerRunning: { [onBound, configuration] channel in
                await onBound(channel.localAddress?.port ?? configuration.port)
            },
            logger: logger)
        try await application.run()
    }
}
