import CanonicalJSON
import Foundation
import TestKit
import Testing

/// The attacks that hide in documents, endpoints, clocks and files, each beside the same without
/// the fault.
@Suite struct AttackSurfaceTests {
    @Test func `time pushed on or held back: a gateway does not follow a clock that is ahead`()
        async throws
    {
        let community = try await Community(charter: Samples.lasting())
        let echo = try await Served.echo("catalogue")
        let honest = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: honest.address)
        _ = try await citizens.enact(Samples.library(port: echo.port))
        let gateway = try await startGateway(of: community)
        try await expect(gateway, status: 200)
        try await honest.stop()
        let ahead = try await FakedCouncil(of: community, clock: "+300s", at: honest.address)
        _ = try await citizens.enact([Samples.route("hall", host: "hall.example", to: "catalogue")])
        _ = try await gateway.program.errors.line(containing: " s ahead of this machine's clock")
        #expect(try await answeredStatus(gateway, "hall.example") == 404)
        #expect(try await answeredStatus(gateway, "library.example") == 200)
        // Set right, the council's time stands still until the clock has come as far.
        try await ahead.stop()
        let council = try await Served.council(of: community, at: honest.address)
        let held = try await citizens[0].api.call("GET", "/community").json["state"]?["t"]?.integer
        #expect(try #require(held) > Community.now + 200_000)
        let number = try await citizens[0].propose([Samples.backend("shelf", port: 9)])
        let proposed = try await citizens[0].proposal(number)["proposed"]?.integer
        #expect(try #require(proposed) >= (try #require(held)))
        for process in [council, gateway, echo] { try await process.stop() }
    }

    @Test func `hidden payload: whole documents, nothing included, letters pointed out`()
        async throws
    {
        let community = try await Community(charter: Samples.lasting())
        let council = try await Served.council(of: community)
        let ana = try await Citizen.joinAll(community, at: council.address)[0]
        let library = Samples.library(port: 9)
        for (name, value) in [("include", "https://evil.example/rules"), ("$ref", "#/rules")] {
            let hidden = Samples.replacing(
                ["document", name], in: library[1], by: .string(value))
            let members: [String: JSONValue] = ["operations": [library[0], hidden]]
            let answer = try await ana.api.call(
                "POST", "/statements", try ana.request(ana.statement("propose", members)))
            #expect(answer.status == 400)
            #expect(answer.json["detail"]?.string?.contains(name) == true, "\(answer.json)")
        }
        let dangling: [String: JSONValue] = ["operations": [library[1]]]
        #expect(try await ana.refusal("propose", dangling) == "plan-refused")
        // As a browser shows it, this is the library's host with a letter of another script.
        let alike = Samples.route("alike", host: "xn--librry-6nf.example", to: "catalogue")
        let plain = try await ana.open(library)
        let deceiving = try await ana.propose([library[0], alike])
        #expect(try await ana.proposal(plain)["notices"] == nil)
        let notices = try await ana.proposal(deceiving)["notices"]?.array
        #expect(notices?.count == 1)
        #expect(
            notices?.first?.string?.contains("xn--librry-6nf is shown as libr[U+0430]ry") == true)
        try await council.stop()
        try await community.expectAudited()
    }

    @Test func `endpoints that aim inward: checked as resolved, link-local and the council's own`()
        async throws
    {
        let community = try await Community(charter: Samples.lasting())
        let echo = try await Served.echo("catalogue")
        let serve = try RunningProgram(
            try Checkout.program(),
            [
                "serve", "--data", community.data.path, "--gateway", "127.0.0.1:0", "--council",
                "127.0.0.1:0", "--password-cost", Community.passwordCost,
            ])
        let council = try await Self.address(of: "council", serve)
        let gateway = Served(program: serve, address: try await Self.address(of: "gateway", serve))
        let citizens = try await Citizen.joinAll(community, at: council)
        let port = try #require(Int64(council.split(separator: ":").last ?? ""))
        let inward: [(String, String, Int64)] = [
            ("council", "127.0.0.1", port), ("named", "localhost", port),
            ("metadata", "169.254.169.254", 80), ("any", "0.0.0.0", port),
        ]
        let backends = inward.map { name, address, port in
            Samples.replacing(
                ["document", "endpoints"], in: Samples.backend(name, port: 1),
                by: [["address": .string(address), "port": .integer(port)]])
        }
        let routes = inward.map { Samples.route($0.0, host: "\($0.0).example", to: $0.0) }
        let library = try await citizens.enact(Samples.library(port: echo.port))
        for chunk in [backends, routes] { _ = try await citizens.enact(chunk) }
        #expect(library == 1)
        try await expect(gateway, status: 200)
        for (name, _, _) in inward {
            try await expect(gateway, status: 503, "\(name).example")
            let answer = try await CommandResult.of(
                "curl",
                ["-s", "-H", "Host: \(name).example", "http://\(gateway.address)/api/v1/community"])
            #expect(answer.outputText.contains("connect-forbidden"), "\(answer.outputText)")
        }
        serve.send(SIGTERM)
        _ = try await serve.ending(within: .seconds(60))
        try await echo.stop()
    }

    private static func address(of role: String, _ serve: RunningProgram) async throws -> String {
        let line = try await serve.output.line(containing: "\(role) http://")
        return String(line.split(separator: " ")[1]).replacing("http://", with: "")
    }

    @Test func `edited snapshot, database, tiles: tiles are made again from verified entries`()
        async throws
    {
        let community = try await Community(charter: Samples.lasting())
        let echo = try await Served.echo("catalogue")
        var council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        _ = try await citizens.enact(Samples.library(port: echo.port))
        try await council.stop()
        let folder = community.log.appendingPathComponent("tile/entries")
        let name = try #require(
            try FileManager.default.subpathsOfDirectory(atPath: folder.path).max {
                (Int($0.split(separator: "/").last ?? "") ?? 0)
                    < (Int($1.split(separator: "/").last ?? "") ?? 0)
            })
        let file = folder.appendingPathComponent(name)
        var octets = Array(try Data(contentsOf: file))
        octets[octets.count / 2] ^= 1
        try Data(octets).write(to: file)
        let refusing = try await startGateway(of: community)
        _ = try await refusing.program.errors.line(containing: "the log is not followed: entry")
        #expect(try await answeredStatus(refusing, "library.example") == 503)
        // The council's journal is verified at its start, and its tiles follow from that.
        council = try await Served.council(of: community)
        try await community.expectAudited()
        try await expect(refusing, status: 200)
        for process in [council, refusing, echo] { try await process.stop() }
    }
}
