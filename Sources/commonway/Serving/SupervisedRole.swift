import Foundation
import ServiceLifecycle

/// One process of `commonway serve`, started again whenever it ends.
actor SupervisedRole: Service {
    private let name: String
    private let arguments: @Sendable (String?) -> [String]
    private let addressFile: URL
    private var child: ChildProgram?
    private var address: String?

    /// Between an end and the next start, doubled each time up to the longest.
    private static let pauseSeconds = 1
    private static let pauseSecondsMax = 30
    /// A child that ran this long was well; the pause begins anew.
    private static let healthySeconds: TimeInterval = 60

    /// - Parameters:
    ///   - name: `council` or `gateway`, also the subcommand.
    ///   - addressFile: Where to note the address bound.
    ///   - arguments: The command line; given the address bound before, so that a restart takes the
    ///     same one.
    init(
        name: String, addressFile: URL, arguments: @escaping @Sendable (String?) -> [String]
    ) {
        self.name = name
        self.addressFile = addressFile
        self.arguments = arguments
    }

    /// How often another role looks whether this one is bound, milliseconds.
    private static let lookMilliseconds = 20

    /// Waits until the address is bound.
    ///
    /// - Throws: `CancellationError` when it never will be.
    func waitUntilBound() async throws {
        while address == nil { try await Task.sleep(for: .milliseconds(Self.lookMilliseconds)) }
    }

    /// Starts it again and again, until graceful shutdown.
    func run() async throws {
        try await withGracefulShutdownHandler {
            var pause = Self.pauseSeconds
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                let started = Date()
                let status = try await runOnce()
                if Task.isShuttingDownGracefully { return }
                if address == nil, status != 0 {
                    throw Complaint.refused("the \(name) did not start; its reason is above")
                }
                if Date().timeIntervalSince(started) > Self.healthySeconds {
                    pause = Self.pauseSeconds
                }
                Output.words("the \(name) ended (status \(status)); it starts again in \(pause) s")
                try? await Task.sleep(for: .seconds(pause))
                pause = min(pause * 2, Self.pauseSecondsMax)
            }
        } onGracefulShutdown: {
            Task { await self.stop() }
        }
    }

    private func runOnce() async throws -> Int32 {
        let child = try ChildProgram(arguments(address))
        self.child = child
        if Task.isShuttingDownGracefully { child.terminate() }
        for await line in child.lines { take(line) }
        return await child.status()
    }

    private func stop() { child?.terminate() }

    /// The first line names the address: `council http://127.0.0.1:8081`.
    private func take(_ line: String) {
        let prefix = name + " http://"
        guard line.hasPrefix(prefix) else {
            Output.words(line)
            return
        }
        let bound = String(line.dropFirst(prefix.count))
        address = bound
        try? Data((bound + "\n").utf8).write(to: addressFile, options: .atomic)
        // The same line, for whoever supervises this process or reads its output.
        try? Output.data("\(line) \(child?.id ?? 0)")
    }
}
