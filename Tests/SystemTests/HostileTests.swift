import Foundation
import TestKit
import Testing

/// Requests and endpoints that try to make the gateway and somebody else read different messages.
@Suite struct HostileTests {
    @Test func `no hostile request or endpoint gets past the gateway`() async throws {
        let free = try await CommandResult.of(
            "python3",
            [
                "-c",
                "import socket; s = socket.create_server(('127.0.0.1', 0)); "
                    + "print(s.getsockname()[1])",
            ])
        let port = try #require(
            Int64(free.outputText.trimmingCharacters(in: .whitespacesAndNewlines)))
        let log = try ForgedLog(Samples.library(port: port))
        let served = try await Served.gateway(
            log: log.path, card: log.card, state: log.state, loops: 1)
        _ = try await served.program.errors.line(containing: "serving")
        let script = Checkout.root.appendingPathComponent("Tests/SystemTests/hostile.py").path
        let result = try await CommandResult.of(
            "python3",
            [
                script, "--gateway", "\(served.port)", "--backend", "\(port)", "--host",
                Traffic.host,
            ], within: .seconds(240))
        #expect(result.ending == .exited(0), "\(result.outputText.suffix(4000))")
        #expect(result.outputText.contains(" passed, 0 failed"))
        try await served.stop()
    }
}
