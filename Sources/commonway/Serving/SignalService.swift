import Proxy
import ServiceLifecycle
import UnixSignals

/// Does something at every signal of a kind, until the program ends.
struct SignalService: Service {
    let signal: UnixSignal
    let act: @Sendable () async -> Void

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: [signal])
        for await _ in signals.cancelOnGracefulShutdown() { await act() }
        // The sequence ends as the program does; ending before would end the program.
        try? await gracefulShutdown()
    }
}

/// Says when accepting paused because descriptors or memory ran out, once a minute at most.
struct PauseReport: Service {
    let gateway: Gateway

    private static let lookSeconds = 1
    private static let quietLooks = 60

    func run() async throws {
        var told = 0
        var quiet = 0
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown {
                try await Task.sleep(for: .seconds(Self.lookSeconds))
            }
            quiet = max(0, quiet - 1)
            let pauses = gateway.counters.acceptPauses
            guard pauses > told, quiet == 0 else { continue }
            Output.trouble(
                "descriptors or memory ran out: accepting paused \(pauses - told) times; raise the "
                    + "limit of open files, or lower --max-connections")
            told = pauses
            quiet = Self.quietLooks
        }
    }
}
