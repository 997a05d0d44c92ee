import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing

/// A gibibyte through the gateway, and what it costs in memory.
@Suite struct LargeBodyTests {
    private static let octets = 1 << 30
    /// What the gateway may grow by, KiB.
    private static let growthMaxKiB = 8 * 1024

    @Test func `a gibibyte in either direction grows the gateway by under 8 MiB`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let echo = try await Served.echo("catalogue")
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        _ = try await citizens.enact(Samples.library(port: echo.port))
        let gateway = try await startGateway(of: community)
        try await expect(gateway, status: 200)
        let before = (resident: try residentKiB(gateway), peak: try peakKiB(gateway))
        let url = "http://\(gateway.address)/?size=\(Self.octets)"
        let down = try await CommandResult.of(
            "curl",
            [
                "-s", "-o", "/dev/null", "-w", "%{http_code} %{size_download}",
                "-H", "Host: library.example", url,
            ], within: .seconds(300))
        #expect(down.outputText == "200 \(Self.octets)")
        let zeros = community.path("zeros")
        try Data().write(to: URL(fileURLWithPath: zeros))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: zeros))
        try file.truncate(atOffset: UInt64(Self.octets))
        try file.close()
        let up = try await CommandResult.of(
            "curl",
            [
                "-s", "-w", "%{http_code} %{size_upload}", "-o", "/dev/null", "-T", zeros,
                "-H", "Host: library.example", "-H", "Expect:", "http://\(gateway.address)/",
            ],
            within: .seconds(300))
        #expect(up.outputText == "200 \(Self.octets)")
        let after = (resident: try residentKiB(gateway), peak: try peakKiB(gateway))
        let growth = max(after.resident - before.resident, after.peak - before.peak)
        #expect(
            growth < Self.growthMaxKiB || ProcessFigures.areOfSanitizer,
            "\(before) → \(after) KiB")
        for process in [council, gateway, echo] { try await process.stop() }
    }

    private func residentKiB(_ served: Served) throws -> Int { try status(served, "VmRSS:") }
    private func peakKiB(_ served: Served) throws -> Int { try status(served, "VmHWM:") }

    private func status(_ served: Served, _ field: String) throws -> Int {
        let text = try String(
            contentsOfFile: "/proc/\(served.program.id)/status", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(field) })
        return try #require(
            line.split(separator: " ").dropLast().last.flatMap {
                Int($0.trimmingCharacters(in: .whitespaces))
            })
    }
}
