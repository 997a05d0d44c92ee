import CanonicalJSON
import Foundation
import Governance
import LogReader
import SSHSignature
import TestKit
import Testing
import TransparencyLog

/// Council, witnesses and gateway, each a process: what is published, and what is served.
@Suite struct WitnessTests {
    private static let host = "library.example"

    private func status(_ gateway: Served) async throws -> Int {
        try await APIClient(gateway.address).send("GET", "/", fields: ["Host": Self.host]).status
    }

    private func expect(_ gateway: Served, status expected: Int) async throws {
        let reached = try await Eventually.value(within: .seconds(30)) {
            try await status(gateway) == expected ? true : nil
        }
        #expect(reached == true, "\(gateway.program.errors.text)")
    }

    @Test func `a council rebuilt from its tiles asks its witnesses again and goes on`()
        async throws
    {
        let witnessed = try await Witnessed(1, threshold: 1)
        let witness = try await witnessed.witness(1)
        let council = try await witnessed.council(asking: [witness.address])
        let before = try await Citizen.joinAll(witnessed.community, at: council.address)
        try await council.stop()
        for ending in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: witnessed.community.journal + ending)
        }
        let rebuilt = try await CommandResult.of(
            try Checkout.program(), ["rebuild", "--data", witnessed.community.data.path])
        #expect(rebuilt.ending == .exited(0), "\(rebuilt.errorText)")
        let again = try await witnessed.council(asking: [witness.address])
        let session = try await APIClient(again.address).call(
            "POST", "/sessions",
            [
                "handle": .string(witnessed.community.names[0]),
                "password": .string(Community.password),
            ])
        let token = try #require(session.json["token"]?.string)
        var citizen = before[0]
        citizen.api = APIClient(again.address, token: token)
        // Genesis, founders, constituted, three who joined, and what is proposed now.
        _ = try await citizen.propose([Samples.backend("shelf", port: 9)])
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example"], beyond: 6)
        try await again.stop()
    }

    @Test func `two cosign, one goes down, and a vote is served all the same with one needed`()
        async throws
    {
        let witnessed = try await Witnessed(2, threshold: 1)
        let (first, second) = (try await witnessed.witness(1), try await witnessed.witness(2))
        let council = try await witnessed.council(asking: [first.address, second.address])
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example", "w2.example"])
        let echo = try await Served.echo("catalogue")
        let gateway = try await witnessed.gateway()
        let citizens = try await Citizen.joinAll(witnessed.community, at: council.address)
        try await second.kill()
        _ = try await citizens.enact(Samples.library(port: echo.port))
        try await expect(gateway, status: 200)
        _ = try await council.program.errors.line(
            containing: "the witness at http://\(second.address) does not cosign")
        let shown = try await citizens[0].api.call("GET", "/witnesses")
        #expect(shown.json["witnesses"]?.array?[1]["trouble"] != nil)
        #expect(shown.json["published"]?["enough"] == true)

        // The receipt carries the cosignature, and the statement's standing says so.
        let proposal = try await citizens[0].api.call("GET", "/proposals/1")
        let hash = try #require(proposal.json["statement"]?.string)
        let standing = try await citizens[0].api.call("GET", "/statements/\(hash)")
        #expect(standing.json["standing"] == "witnessed")
        let receipt = try await citizens[0].api.call("GET", "/receipts/\(hash)")
        let proof = try LogProof(octets: receipt.body)
        #expect(
            try proof.note.cosignatures(by: witnessed.keys).map(\.key.name) == ["w1.example"])

        let audit = try await CommandResult.of(
            try Checkout.program(),
            [
                "audit", "verify", "--json", "--log", witnessed.community.log.path,
                "--community", witnessed.community.card,
            ])
        #expect(audit.ending == .exited(0), "\(audit.errorText)")
        let report = try JSONValue(parsing: audit.output.dropLast(), form: .relaxed)
        #expect(report["witnesses"]?["cosigned"]?.array?.first?["name"] == "w1.example")
        for process in [gateway, council, first, echo] { try await process.stop() }
    }

    @Test func `with too few nothing moves, and all of it comes when the witness is back`()
        async throws
    {
        let witnessed = try await Witnessed(2, threshold: 2)
        let (first, second) = (try await witnessed.witness(1), try await witnessed.witness(2))
        let council = try await witnessed.council(asking: [first.address, second.address])
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example", "w2.example"])
        let gateway = try await witnessed.gateway()
        try await second.kill()
        let before = try #require(try witnessed.published()).checkpoint
        // Statements are acknowledged as ever.
        let citizens = try await Citizen.joinAll(witnessed.community, at: council.address)
        let shown = try await citizens[0].api.call("GET", "/witnesses")
        let waiting = try #require(shown.json["waiting"]?["size"]?.integer)
        #expect(waiting > Int64(before.size))
        #expect(try #require(try witnessed.published()).checkpoint == before)
        let again = try await witnessed.witness(2, at: second.address)
        try await witnessed.waitUntilPublished(
            cosignedBy: ["w1.example", "w2.example"], beyond: before.size)
        try await expect(gateway, status: 404)
        for process in [gateway, council, first, again] { try await process.stop() }
    }

    @Test func `a card that says serve goes on with too few, and everybody is told`()
        async throws
    {
        let witnessed = try await Witnessed(2, threshold: 2, tooFew: "serve")
        let first = try await witnessed.witness(1)
        let council = try await witnessed.council(asking: [first.address])
        let gateway = try await witnessed.gateway()
        _ = try await Citizen.joinAll(witnessed.community, at: council.address)
        try await expect(gateway, status: 404)
        _ = try await gateway.program.errors.line(
            containing: "cosigned by 1 of the 2 witnesses that the card asks for")
        let audit = try await CommandResult.of(
            try Checkout.program(),
            [
                "audit", "verify", "--log", witnessed.community.log.path, "--community",
                witnessed.community.card,
            ])
        #expect(audit.ending == .exited(0))
        #expect(audit.outputText.contains("witnesses  1 of 2, 2 needed: w1.example at "))
        #expect(audit.errorText.contains("fewer witnesses cosigned than the card asks for"))
        for process in [gateway, council, first] { try await process.stop() }
    }

    @Test func `a gateway takes no checkpoint whose cosignatures were left out`() async throws {
        let witnessed = try await Witnessed(1, threshold: 1)
        let first = try await witnessed.witness(1)
        let council = try await witnessed.council(asking: [first.address])
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example"])
        try await council.stop()
        let file = witnessed.community.log.appendingPathComponent(Checkpoint.path)
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let bare = lines.filter { !$0.hasPrefix("— w1.example") }.joined(separator: "\n")
        try Data(bare.utf8).write(to: file)
        let gateway = try await witnessed.gateway()
        _ = try await gateway.program.errors.line(
            containing: "cosigned by 0 of the 1 witnesses")
        #expect(try await status(gateway) == 503)
        for process in [gateway, first] { try await process.stop() }
    }

    @Test func `a council restored from an older copy cannot publish another history`()
        async throws
    {
        let witnessed = try await Witnessed(1, threshold: 1)
        let community = witnessed.community
        let witness = try await witnessed.witness(1)
        let council = try await witnessed.council(asking: [witness.address])
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example"])
        try await council.stop()
        try FileManager.default.copyItem(atPath: community.data.path, toPath: community.path("old"))
        let later = try await witnessed.council(asking: [witness.address])
        _ = try await Citizen.join(community, 1, at: later.address)
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example"], beyond: 3)
        let seen = try #require(try witnessed.published()).checkpoint
        try await later.stop()
        try FileManager.default.removeItem(atPath: community.data.path)
        try FileManager.default.copyItem(atPath: community.path("old"), toPath: community.data.path)

        let restored = try await witnessed.council(asking: [witness.address])
        for number in [3, 2] {
            _ = try await Citizen.join(community, number, at: restored.address)
        }
        // It is longer than what the witness knows, and it is another one.
        _ = try await restored.program.errors.line(containing: "it answers 422")
        let published = try #require(try witnessed.published()).checkpoint
        #expect(published.size < seen.size)
        let kept = try FileManager.default.contentsOfDirectory(
            atPath: community.path("w1/evidence"))
        #expect(!kept.isEmpty)
        for process in [restored, witness] { try await process.stop() }
    }

    /// Witnesses as nobody wants them: one answers without end, one an octet a second, one with a
    /// size that is none, one sends elsewhere, one closes at once.
    private static let hostile = """
        import http.server, socketserver, sys, time
        class Door(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *words): pass
            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                manner = self.path.split("/")[1]
                try:
                    if manner == "huge":
                        self.send_response(200); self.end_headers()
                        while True: self.wfile.write(b"x" * 65536)
                    if manner == "drip":
                        self.send_response(200); self.end_headers()
                        while True: self.wfile.write(b"x"); self.wfile.flush(); time.sleep(1)
                    if manner == "size":
                        self.send_response(409)
                        self.send_header("Content-Type", "text/x.tlog.size")
                        self.send_header("Content-Length", "22"); self.end_headers()
                        self.wfile.write(b"999999999999999999999\\n")
                    if manner == "away":
                        self.send_response(307)
                        self.send_header("Location", "http://127.0.0.1:1/")
                        self.send_header("Content-Length", "0"); self.end_headers()
                    self.close_connection = True
                except OSError:
                    self.close_connection = True
        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True
        server = Server(("127.0.0.1", 0), Door)
        print("listening 127.0.0.1:%d" % server.server_address[1], flush=True)
        server.serve_forever()
        """

    @Test func `hostile witnesses cost nothing but their cosignatures`() async throws {
        let witnessed = try await Witnessed(1, threshold: 1)
        let first = try await witnessed.witness(1)
        let server = try RunningProgram("python3", ["-c", Self.hostile])
        let line = try await server.output.line(containing: "listening ")
        let address = String(line.dropFirst("listening ".count))
        let manners = ["huge", "drip", "size", "away", "close"]
        let council = try await witnessed.council(
            asking: [first.address] + manners.map { "\(address)/\($0)" })
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example"])
        let before = try ProcessFigures.residentKiB(council.program.id)
        let citizens = try await Citizen.joinAll(witnessed.community, at: council.address)
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example"], beyond: 6)
        for manner in manners {
            _ = try await council.program.errors.line(
                containing: "the witness at http://\(address)/\(manner) does not cosign: ")
        }
        let growth = try ProcessFigures.residentKiB(council.program.id) - before
        // Accounts hash passwords, each in 19 MiB.
        #expect(growth < 128 * 1024 || ProcessFigures.areOfSanitizer, "\(growth) KiB")
        let shown = try await citizens[0].api.call("GET", "/witnesses")
        #expect(shown.json["witnesses"]?.array?.compactMap { $0["trouble"] }.count == 5)
        for process in [council, first] { try await process.stop() }
        server.send(SIGTERM)
    }

    /// Passes everything on to a council but statements, which it leaves without an answer.
    private static let censor = """
        import http.server, sys, urllib.request
        class Door(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words): pass
            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
                if self.command == "POST" and self.path.endswith("/statements"): return
                request = urllib.request.Request(
                    "http://" + sys.argv[1] + self.path, data=body, method=self.command)
                for name in ["Content-Type", "Authorization"]:
                    if self.headers.get(name): request.add_header(name, self.headers[name])
                try: answer = urllib.request.urlopen(request)
                except urllib.error.HTTPError as error: answer = error
                data = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(data))); self.end_headers()
                self.wfile.write(data)
            do_GET = do_POST = pass_on
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
        print("listening 127.0.0.1:%d" % server.server_address[1], flush=True)
        server.serve_forever()
        """

    @Test func `a statement without an answer is kept, and a witness that is shown it says when`()
        async throws
    {
        let witnessed = try await Witnessed(1, threshold: 1)
        let community = witnessed.community
        let witness = try await witnessed.witness(1)
        let council = try await witnessed.council(asking: [witness.address])
        try await witnessed.waitUntilPublished(cosignedBy: ["w1.example"])
        let censor = try RunningProgram("python3", ["-c", Self.censor, council.address])
        let line = try await censor.output.line(containing: "listening ")
        let key = try community.folder.write(
            community.keys[0].openSSHFile(checkInteger: 1, comment: ""), to: "key")
        let joined = try await CommandResult.of(
            try Checkout.program(),
            [
                "login", "--council", "http://\(line.dropFirst("listening ".count))", "--member",
                community.names[0], "--key", key, "--password-file",
                try community.folder.write(Community.password, to: "password"),
                "--invitation-file",
                community.path("invitations/\(community.names[0]).invitation"),
            ], environment: ["COMMONWAY_CONFIG": community.path("config")])
        #expect(joined.ending == .exited(4), "\(joined.errorText)")
        #expect(joined.errorText.contains("curl --data @"))
        let folder = community.path("config/unanswered")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let shown = try await CommandResult.of(
            "curl",
            ["-sS", "--data", "@\(folder)/\(name)", "http://\(witness.address)/statements"])
        let answer = try JSONValue(parsing: shown.output.dropLast(), form: .relaxed)
        #expect("\(answer["hash"]?.string ?? "").json" == name)
        let note = Array(try #require(answer["sighting"]?.string).utf8)
        #expect(
            try Sighting(octets: note, key: witnessed.keys[0]).origin == community.origin)
        for process in [council, witness] { try await process.stop() }
        censor.send(SIGTERM)
    }

    @Test func `a council that could never publish says so before it starts`() async throws {
        let witnessed = try await Witnessed(2, threshold: 2)
        let plain = try await Community(charter: Charter.demonstration)
        let cases: [(String, [String], String)] = [
            (witnessed.community.data.path, [], "asks for 2 cosignatures, and 0 witnesses"),
            (plain.data.path, ["--witness", "http://127.0.0.1:9"], "names no witnesses"),
            (
                witnessed.community.data.path,
                ["--witness", "http://a.example", "--witness", "http://127.0.0.1:9"],
                "plain http to another machine"
            ),
        ]
        for command in ["council", "serve"] {
            for (data, more, words) in cases {
                let result = try await CommandResult.of(
                    try Checkout.program(),
                    [command, "--data", data, "--council", "127.0.0.1:0"] + more)
                #expect(result.ending == .exited(2))
                #expect(result.errorText.contains(words), "\(result.errorText)")
            }
        }
        let missing = try await CommandResult.of(
            try Checkout.program(),
            [
                "init", "--data", plain.path("other"), "--origin", "x/log", "--charter",
                plain.path("charter.json"), "--founders", plain.path("founders"), "--witness",
                "no key",
            ])
        #expect(missing.ending == .exited(2))
        #expect(missing.errorText.contains("is no witness's key"))
    }
}
