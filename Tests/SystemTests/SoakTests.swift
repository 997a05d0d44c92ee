import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing

/// How long; 0 leaves it out.
private let soakMinutes =
    Int(ProcessInfo.processInfo.environment["COMMONWAY_SOAK_MINUTES"] ?? "") ?? 0

/// Mixed load over a long time: `make soak MINUTES=60`.
@Suite struct SoakTests {
    @Test(.enabled(if: soakMinutes > 0)) func `memory and descriptors stay, and no request fails`()
        async throws
    {
        let (backend, port) = try await Traffic.backend()
        var log = try ForgedLog(
            Samples.library(port: port) + [
                Samples.route("failing", host: "failing.example", to: "catalogue")
            ])
        let served = try await Served.gateway(
            log: log.path, card: log.card, state: log.state,
            [
                "--head-timeout", "4s", "--access-log", log.folder.path("access.log"), "--poll",
                "100",
            ])
        _ = try await served.program.errors.line(containing: "serving")
        let address = "\(served.port)"
        let load = try await Traffic.start(
            "clients", address, Traffic.host, "8", "20", until: "running")
        let tunnel = try await Traffic.start("tunnel", address, Traffic.host, until: "open")
        var swaps = 0
        var first: (resident: Int, descriptors: Int)?
        for minute in 1...soakMinutes {
            let until = Date(timeIntervalSinceNow: 60)
            let slow = try await Traffic.start(
                "slow", address, Traffic.host, "30", until: "running")
            let failing = try await Traffic.start(
                "failures", address, "failing.example", "100", until: "{")
            while Date() < until {
                // Documents come and go; the table's size stays.
                try log.enact([
                    Samples.route(
                        "swap\(swaps % 5)", host: "swap\(swaps % 7).example", to: "catalogue")
                ])
                swaps += 1
                try await Task.sleep(for: .seconds(1))
            }
            for program in [slow, failing] { _ = try await Traffic.end(program) }
            try await Task.sleep(for: .seconds(1))
            let resident = try ProcessFigures.residentKiB(served.program.id)
            let descriptors = try ProcessFigures.descriptors(served.program.id)
            print("minute \(minute): \(resident) KiB, \(descriptors) descriptors")
            // The first minutes bring what stays: buffers, the allocator's own.
            if minute == 2 { first = (resident, descriptors) }
        }
        let echoes = try await Traffic.end(tunnel)
        #expect(echoes.contains(" echoes"), "\(echoes)")
        let result = try await Traffic.end(load)
        print("load: \(result)")
        #expect(result.contains("\"failures\": []"), "\(result)")
        if let first {
            let resident = try ProcessFigures.residentKiB(served.program.id)
            #expect(resident - first.resident < 16 * 1024)
            #expect(try ProcessFigures.descriptors(served.program.id) <= first.descriptors + 4)
        }
        try await served.stop()
        backend.send(SIGTERM)
    }
}
