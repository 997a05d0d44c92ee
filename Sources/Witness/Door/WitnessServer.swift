import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// The witness's HTTP door (C2SP tlog-witness, and the statements that it was shown).
///
/// Runs as a service: it listens from ``run()`` until graceful shutdown or cancellation. Nothing
/// that is sent to it or that it answers is secret.
package struct WitnessServer: Service {
    private let address: String
    private let port: Int
    private let responder: WitnessResponder
    private let logger: Logger
    private let onBound: @Sendable (Int) async -> Void

    /// Connections held at once; a further one waits in the listener's backlog.
    private static let connectionsMax = 1_024
    /// How long a connection may stay silent, seconds: logs keep theirs open between checkpoints.
    private static let idleTimeoutSeconds: Int64 = 60

    /// Puts the door together; nothing listens yet.
    ///
    /// - Parameters:
    ///   - address: The address to bind, such as `127.0.0.1`.
    ///   - port: The port to bind; 0 takes a free one.
    ///   - onBound: Called once with the port bound, when requests are answered.
    package init(
        address: String, port: Int, witness: Witness, book: StatementBook, logger: Logger,
        onBound: @escaping @Sendable (Int) async -> Void
    ) {
        self.address = address
        self.port = port
        responder = WitnessResponder(witness: witness, book: book)
        self.logger = logger
        self.onBound = onBound
    }

    /// Listens and answers until the program ends.
    ///
    /// - Throws: What binding throws, such as an address in use.
    package func run() async throws {
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: .seconds(Self.idleTimeoutSeconds))),
            configuration: ApplicationConfiguration(
                address: .hostname(address, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    Self.connectionsMax)),
            onServerRunning: { [onBound, port] channel in
                await onBound(channel.localAddress?.port ?? port)
            },
            logger: logger)
        try await application.run()
    }
}
