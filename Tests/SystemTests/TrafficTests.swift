import CanonicalJSON
import Foundation
import Governance
import Routing
import TestKit
import Testing

/// What gateways count, from the request to the plan that says how many would move.
@Suite struct `Recorded traffic` {
    /// What a gateway says at its admin listener; nil for anything but a summary.
    private static func told(at socket: String) async throws -> TrafficSummary? {
        let curl = try await CommandResult.of(
            "curl", ["-sS", "--unix-socket", socket, "http://localhost/traffic"])
        return try? TrafficSummary(parsing: Array(curl.outputText.utf8))
    }

    /// Waits until it says so many requests.
    private static func wait(_ total: Int64, at socket: String) async throws -> TrafficSummary {
        var last: TrafficSummary?
        let found = try await Eventually.value(within: .seconds(20)) { () -> TrafficSummary? in
            last = try await told(at: socket)
            return last?.total == total ? last : nil
        }
        return try #require(found, "\(last?.total ?? -1) instead of \(total)")
    }

    private static func ask(_ gateway: Served, _ host: String, _ count: Int) async throws {
        for _ in 0..<count {
            _ = try await APIClient(gateway.address).send(
                "GET", "/reset/jane?token=hunter2", fields: ["Host": host])
        }
    }

    @Test func `counts last over restart and hand-over, and a damaged file is put aside`()
        async throws
    {
        let echo = try await Served.echo("catalogue")
        let log = try ForgedLog(Samples.library(port: echo.port))
        let socket = log.state + "/admin.sock"
        let file = log.state + "/traffic.json"
        func gateway(at address: String = "127.0.0.1:0", _ more: String...) async throws -> Served {
            let served = try await Served.gateway(
                log: log.path, card: log.card, state: log.state, at: address, more)
            if more.isEmpty { _ = try await served.program.errors.line(containing: "serving") }
            return served
        }
        let first = try await gateway()
        try await Self.ask(first, "library.example", 5)
        try await Self.ask(first, "other.example", 2)
        let counted = try await Self.wait(7, at: socket)
        let rules = Dictionary(
            counted.counts.map { ($0.key.rule, $0.value) }, uniquingKeysWith: +)
        #expect(rules == ["library/#1": 5, "": 2])
        try await first.stop()
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let kept = try String(contentsOfFile: file, encoding: .utf8)
        for secret in ["reset", "jane", "token", "hunter2", "127.0.0.1"] {
            #expect(!kept.contains(secret))
        }
        let second = try await gateway()
        #expect(try await Self.wait(7, at: socket) == counted)
        try await Self.ask(second, "library.example", 1)
        let third = try await gateway(at: second.address, "--take-over")
        #expect(try await second.program.ending(within: .seconds(60)) == .exited(0))
        try await Self.ask(third, "library.example", 1)
        #expect(try await Self.wait(9, at: socket).total == 9)
        try await third.stop()
        try Data("{".utf8).write(to: URL(fileURLWithPath: file))
        let fourth = try await gateway()
        _ = try await fourth.program.errors.line(containing: "traffic.json.damaged")
        #expect(try await Self.wait(0, at: socket).isEmpty)
        #expect(FileManager.default.fileExists(atPath: file + ".damaged"))
        try await fourth.stop()
        try await echo.stop()
    }

    @Test func `a council that is told of its gateway says how much a plan would move`()
        async throws
    {
        let community = try await Community(charter: Charter.demonstration)
        let council = try await Served.council(of: community)
        let echo = try await Served.echo("catalogue")
        let citizens = try await Citizen.joinAll(community, at: council.address)
        _ = try await citizens.enact(Samples.library(port: echo.port))
        let gateway = try await startGateway(of: community)
        try await expect(gateway, status: 200)
        try await Self.ask(gateway, "library.example", 3)
        try await Self.ask(gateway, "other.example", 2)
        let socket = community.path("state") + "/admin.sock"
        try await council.stop()
        let told = try await Served.council(
            of: community,
            ["--traffic", "unix:\(socket)", "--traffic", "http://127.0.0.1:1"])
        let api = APIClient(told.address)
        let answer = try await Eventually.value(within: .seconds(30)) { () -> JSONValue? in
            let traffic = try await api.call("GET", "/traffic").json
            guard let summary = traffic["summary"], try TrafficSummary(summary).total >= 5
            else { return nil }
            return traffic
        }
        #expect(answer?["verified"] == false)
        #expect(answer?["gateways"] == 2)
        #expect(answer?["answered"] == 1)
        _ = try await told.program.errors.line(containing: "http://127.0.0.1:1 does not say")
        let file = try community.folder.write(
            Array(
                """
                {"kind":"HTTPRoute","name":"beta","hostnames":["other.example"],
                 "rules":[{"backendRefs":[{"name":"catalogue"}]}]}
                """.utf8), to: "beta.json")
        let plan = try await CommandResult.of(
            try Checkout.program(),
            ["plan", "-f", file, "--council", "http://\(told.address)"])
        #expect(
            plan.outputText.contains(
                "at least 2, at most 2 move from no rule (404) to beta/#1 "
                    + "(unverified: as the gateways counted)"),
            "\(plan.outputText) \(plan.errorText)")
        try await gateway.stop()
        try await told.stop()
        try await echo.stop()
    }
}
