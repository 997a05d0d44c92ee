import CanonicalJSON
import Foundation
import TestKit
import Testing
import TransparencyLog

/// The operator's own acts, another key for the log, and a log that members carry on, by the built
/// program with a gateway that follows.
@Suite struct LogKeyTests {
    private func run(_ arguments: String...) async throws -> CommandResult {
        try await CommandResult.of(try Checkout.program(), arguments)
    }

    /// Runs a command that must do what it is asked.
    private func did(_ arguments: String...) async throws -> String {
        let result = try await CommandResult.of(try Checkout.program(), arguments)
        guard result.ending == .exited(0) else {
            throw Failure("\(arguments.joined(separator: " ")): \(result.errorText)")
        }
        return String(result.outputText.dropLast())
    }

    /// A community that serves the library, its gateway, and the backend.
    private struct Scene {
        let community: Community
        let echo: Served
        var council: Served
        var citizens: [Citizen]
        let gateway: Served
        var data: String { community.data.path }
        var state: String { community.path("state") }

        init() async throws {
            community = try await Community(charter: Samples.patientCharter())
            echo = try await Served.echo("catalogue")
            council = try await Served.council(of: community)
            citizens = try await Citizen.joinAll(community, at: council.address)
            _ = try await citizens.enact(Samples.library(port: echo.port))
            gateway = try await Served.gateway(
                log: community.log.path, card: community.card,
                state: community.path("state"), ["--poll", "20"])
            try await expect(gateway, status: 200)
        }

        /// The council again, as after a restart, with the members' sessions.
        mutating func restart() async throws {
            try await council.stop()
            council = try await Served.council(of: community)
            citizens = citizens.map { citizen in
                var moved = citizen
                moved.api = APIClient(council.address, token: citizen.api.token ?? "")
                return moved
            }
        }

        func stop() async throws {
            for process in [gateway, echo] { try await process.stop() }
        }
    }

    /// The key lines of the published checkpoint, without those of anybody else.
    private func signatures(_ log: URL) throws -> Int {
        let text = try String(
            contentsOf: log.appendingPathComponent("checkpoint"), encoding: .utf8)
        return text.split(separator: "\n").count { $0.hasPrefix("— test.example/log ") }
    }

    @Test func `an operator refuses a route with a reason, in the log, and permits it again`()
        async throws
    {
        let scene = try await Scene()
        let before = try await scene.citizens[0].api.call("GET", "/table").json["digest"]
        let refused = try await did(
            "refuse", "--data", scene.data, "--route", "library", "--reason", "court order 7")
        #expect(refused.hasPrefix("HTTPRoute/library is refused by entry "))
        let entries = try await scene.citizens[0].api.call("GET", "/entries?limit=100")
        let last = entries.json["items"]?.array?.last?["entry"]
        #expect(last?["kind"]?.string == "refuse")
        #expect(last?["reason"]?.string == "court order 7")
        let during = try await scene.citizens[0].api.call("GET", "/table").json["digest"]
        #expect(during != before)
        try await expect(scene.gateway, status: 451)
        let again = try await run(
            "refuse", "--data", scene.data, "--route", "library", "--reason", "court order 8")
        #expect(again.ending == .exited(1))
        #expect(again.errorText.contains("refused already"))
        let nowhere = try await run(
            "refuse", "--data", scene.data, "--network", "10.0.0.1/8", "--reason", "none")
        #expect(nowhere.ending == .exited(2))
        _ = try await did("permit", "--data", scene.data, "--route", "library")
        let after = try await scene.citizens[0].api.call("GET", "/table").json["digest"]
        #expect(after == before)
        try await expect(scene.gateway, status: 200)
        try await scene.council.stop()
        let audit = try await run(
            "audit", "verify", "--log", scene.community.log.path, "--community",
            scene.community.card)
        #expect(audit.ending == .exited(0), "\(audit.errorText)")
        try await scene.stop()
    }

    @Test func `a gateway answers 503 while a steward has disabled a route, and then serves it`()
        async throws
    {
        let scene = try await Scene()
        let steward = scene.citizens[1]
        try await steward.hand(steward.statement("emergency", ["disable": "library"]))
        try await expect(scene.gateway, status: 503)
        try await expect(scene.gateway, status: 200)
        try await scene.council.stop()
        try await scene.stop()
    }

    @Test func `the log's key changes by a vote, and who pinned the former one follows on`()
        async throws
    {
        var scene = try await Scene()
        let line = try await did("log-key", "new", "--data", scene.data)
        #expect(try await did("log-key", "new", "--data", scene.data) == line)
        let operation = try JSONValue(parsing: Array(line.utf8), form: .canonical)
        try await scene.restart()
        #expect(try signatures(scene.community.log) == 1)
        _ = try await scene.citizens.enact([operation])
        #expect(try signatures(scene.community.log) == 2)
        _ = try await scene.citizens.enact([
            Samples.route("shelf", host: "s.example", to: "catalogue")
        ])
        let served = try await Eventually.value(within: .seconds(20)) { () -> Bool? in
            try await answeredStatus(scene.gateway, "s.example") == 200 ? true : nil
        }
        #expect(served == true)
        let early = try await run("log-key", "adopt", "--data", scene.data)
        #expect(early.ending == .exited(1))
        #expect(early.errorText.contains("in use"))
        try await scene.council.stop()
        let next = scene.community.data.appendingPathComponent("council/log.key.next")
        let aside = scene.community.data.appendingPathComponent("aside")
        try FileManager.default.moveItem(at: next, to: aside)
        let keyless = try await run("council", "--data", scene.data, "--council", "127.0.0.1:0")
        #expect(keyless.ending == .exited(1))
        #expect(keyless.errorText.contains("log.key.next"))
        try FileManager.default.moveItem(at: aside, to: next)
        let old = try scene.community.folder.write(
            Array(Data(contentsOf: URL(fileURLWithPath: scene.community.card))), to: "old-card.json"
        )
        _ = try await did("log-key", "adopt", "--data", scene.data)
        let council = try await Served.council(of: scene.community)
        try await council.stop()
        for card in [scene.community.card, old] {
            let audit = try await run(
                "audit", "verify", "--log", scene.community.log.path, "--community", card)
            #expect(audit.ending == .exited(0), "\(audit.errorText)")
        }
        try await scene.stop()
    }

    @Test func `members carry the log on without its operator, and a gateway goes over to it`()
        async throws
    {
        let scene = try await Scene()
        try await scene.council.kill()
        let data = scene.community.path("next")
        let key = try await did("succeed", "key", "--data", data, "--origin", "next.example/log")
        var files: [String] = []
        for number in 1...2 {
            let person = Person(community: scene.community, number: number)
            let file = scene.community.path("word-\(number)")
            _ = try await did(
                "succeed", "sign", "--log", scene.community.log.path, "--community",
                scene.community.card, "--next", key, "--key", try person.keyFile(), "-o", file,
                "--yes")
            files.append(file)
        }
        let few = try await run(
            "succeed", "start", "--data", data, "--log", scene.community.log.path, "--community",
            scene.community.card, "-f", files[0])
        #expect(few.ending == .exited(1))
        #expect(few.errorText.contains("quorum of a constitutional vote"))
        _ = try await did(
            "succeed", "start", "--data", data, "--log", scene.community.log.path, "--community",
            scene.community.card, "-f", files[0], files[1])
        let folder = URL(fileURLWithPath: data, isDirectory: true)
        let council = try await Served.council(in: folder)
        try await scene.gateway.stop()
        let card = folder.appendingPathComponent("community.json").path
        let mine = try scene.community.folder.write(
            Array(Data(contentsOf: URL(fileURLWithPath: scene.community.card))), to: "card.json")
        let accepted = try await did(
            "succeed", "accept", "--log", folder.appendingPathComponent("log").path,
            "--community", mine, "--next", card, "--state", scene.state)
        #expect(accepted.hasPrefix("next.example/log carries the log on"))
        let gateway = try await Served.gateway(
            log: folder.appendingPathComponent("log").path, card: mine, state: scene.state,
            ["--poll", "20"])
        try await expect(gateway, status: 200)
        let stranger = try await Community(charter: Samples.patientCharter())
        let foreign = try await run(
            "succeed", "accept", "--log", folder.appendingPathComponent("log").path,
            "--community", stranger.card, "--next", card)
        #expect(foreign.ending == .exited(1))
        #expect(foreign.errorText.contains("another community"))
        for process in [gateway, council, scene.echo] { try await process.stop() }
    }
}
