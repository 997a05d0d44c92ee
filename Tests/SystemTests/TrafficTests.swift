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

    @Test func `what a replaced gateway counts at its end is left for its successor`()
        async throws
    {
        let (holding, port) = try await Traffic.backend("holding")
        let log = try ForgedLog(Samples.library(port: port))
        let socket = log.state + "/admin.sock"
        func gateway(at address: String = "127.0.0.1:0", _ more: String...) async throws -> Served {
            try await Served.gateway(
                log: log.path, card: log.card, state: log.state, at: address, more)
        }
        let former = try await gateway()
        _ = try await former.program.errors.line(containing: "serving")
        try await Self.ask(former, "other.example", 2)
        _ = try await Self.wait(2, at: socket)
        let client = try RunningProgram(
            "curl",
            [
                "-sS", "-w", "%{http_code}", "-H", "Host: library.example",
                "http://\(former.address)/",
            ])
        _ = try await holding.output.line(containing: "asked")
        let successor = try await gateway(at: former.address, "--take-over")
        _ = try await former.program.errors.line(containing: "a successor serves")
        // On a connection of its own: one that is kept goes on to the former one.
        _ = try await CommandResult.of(
            "curl", ["-sS", "-H", "Host: other.example", "http://\(successor.address)/"])
        _ = try await Self.wait(3, at: socket)
        // It looks once a minute; not now, so that what is left can be seen.
        successor.program.send(SIGSTOP)
        holding.send(SIGTERM)
        #expect(try await client.ending(within: .seconds(60)) == .exited(0))
        #expect(client.output.text == "200")
        #expect(try await former.program.ending(within: .seconds(60)) == .exited(0))
        let left = log.state + "/traffic-left-\(former.program.id).json"
        let rest = try TrafficSummary(
            parsing: Array(try Data(contentsOf: URL(fileURLWithPath: left))))
        #expect(rest.counts.map(\.key.rule) == ["library/#1"])
        #expect(rest.total == 1)
        successor.program.send(SIGCONT)
        try await successor.stop()
        #expect(!FileManager.default.fileExists(atPath: left))
        let next = try await gateway()
        let rules = Dictionary(
            try await Self.wait(4, at: socket).counts.map { ($0.key.rule, $0.value) },
            uniquingKeysWith: +)
        #expect(rules == ["library/#1": 1, "": 3])
        try await next.stop()
    }

    @Test func `serve has its council ask its own gateway`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let serve = try RunningProgram(
            try Checkout.program(),
            [
                "serve", "--data", community.data.path, "--gateway", "127.0.0.1:0", "--council",
                "127.0.0.1:0", "--password-cost", Community.passwordCost,
            ])
        func address(_ role: String) async throws -> String {
            let line = try await serve.output.line(containing: "\(role) http://")
            return String(line.split(separator: " ")[1]).replacing("http://", with: "")
        }
        let council = try await address("council")
        _ = try await Citizen.joinAll(community, at: council)
        let gateway = APIClient(try await address("gateway"))
        _ = try await serve.errors.line(containing: "serving")
        for _ in 0..<3 {
            let answer = try await gateway.send("GET", "/", fields: ["Host": "new.example"])
            #expect(answer.status == 404)
        }
        let api = APIClient(council)
        // It asks once a minute.
        let told = try await Eventually.value(within: .seconds(120)) { () -> JSONValue? in
            let traffic = try await api.call("GET", "/traffic").json
            guard let summary = traffic["summary"] else { return nil }
            return try TrafficSummary(summary).total >= 3 ? traffic : nil
        }
        #expect(told?["gateways"] == 1)
        #expect(told?["answered"] == 1)
        let plan = try await api.call(
            "POST", "/plan",
            ["operations": .array(Samples.library(port: 9, host: "new.example"))])
        #expect(plan.json["traffic"]?["atLeast"] == 3, "\(plan.json.canonicalText)")
        serve.send(SIGTERM)
        #expect(try await serve.ending(within: .seconds(60)) == .exited(0))
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
