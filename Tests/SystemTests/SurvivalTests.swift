import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing

/// A council that is gone costs no request; a gateway believes its own log and no other.
@Suite struct SurvivalTests {
    @Test func `the gateway serves on without the council, and a second one from a copied log`()
        async throws
    {
        let community = try await Community(charter: Charter.demonstration)
        let echo = try await Served.echo("catalogue")
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let first = try await startGateway(of: community)
        try await expect(first, status: 404)
        _ = try await citizens.enact(Samples.library(port: echo.port))
        try await expect(first, status: 200)
        try await council.kill()
        for _ in 0..<50 {
            #expect(try await answeredStatus(first, "library.example") == 200)
        }
        try FileManager.default.copyItem(
            atPath: community.log.path, toPath: community.path("copy"))
        let second = try await Served.gateway(
            log: community.path("copy"), card: community.card, state: community.path("state2"))
        try await expect(second, status: 200)
        for process in [first, second, echo] { try await process.stop() }
    }

    @Test func `without a log every request is answered 503`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let gateway = try await Served.gateway(
            log: community.path("nothing"), card: community.card, state: community.path("state"))
        _ = try await gateway.program.errors.line(containing: "nothing is published")
        #expect(try await answeredStatus(gateway, "library.example") == 503)
        try await gateway.stop()
    }

    @Test func `with another community's card the log is refused`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let other = try await Community(charter: Charter.demonstration)
        let gateway = try await Served.gateway(
            log: community.log.path, card: other.card, state: community.path("state"))
        _ = try await gateway.program.errors.line(containing: "not followed")
        #expect(try await answeredStatus(gateway, "library.example") == 503)
        let audit = try await CommandResult.of(
            try Checkout.program(),
            ["audit", "verify", "--log", community.log.path, "--community", other.card])
        #expect(audit.ending == .exited(1))
        try await gateway.stop()
    }
}
