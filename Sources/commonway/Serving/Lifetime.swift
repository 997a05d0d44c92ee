import Foundation
import Logging
import Reactor
import ServiceLifecycle
import UnixSignals

/// How long a serving process lives: until a signal, or until its supervisor is gone.
enum Lifetime {
    /// Runs services until SIGTERM or SIGINT, or, under a supervisor, until standard input ends.
    ///
    /// - Throws: What a service throws.
    static func run(supervised: Bool, _ services: [any Service]) async throws {
        var logger = Logger(label: "commonway") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let all = services + (supervised ? [SupervisorWatch()] : [])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: all.map {
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: NamedService(service: $0),
                        successTerminationBehavior: .gracefullyShutdownGroup)
                }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}

/// A service that is written by the name of its type.
///
/// The group writes each of its services as text when it is made. Without a description of its own
/// that is everything the service holds: seconds' worth of a snapshot, and whatever key is in it.
private struct NamedService: Service, CustomStringConvertible {
    let service: any Service

    var description: String { "\(type(of: service))" }

    func run() async throws { try await service.run() }
}

/// Ends when the supervisor closes the pipe that is this process's standard input, as the kernel
/// does for a supervisor that was killed: no orphan goes on serving.
struct SupervisorWatch: Service {
    func run() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        // A thread that blocks; it goes with the process.
        Thread.detachNewThread {
            while let octets = try? FileInput.next(from: STDIN_FILENO), !octets.isEmpty {}
            end.finish()
        }
        await withGracefulShutdownHandler {
            for await _ in ended {}
        } onGracefulShutdown: {
            end.finish()
        }
    }
}
