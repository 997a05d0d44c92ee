import CanonicalJSON
import Foundation
import TestKit
import Testing
import TransparencyLog

/// `commonway receipt` against a real council and its files, and in the hands of a verifier that
/// nobody here wrote for it.
@Suite struct ReceiptTests {
    private static let alone = ["COMMONWAY_CONFIG": "/nonexistent"]

    private func run(_ arguments: [String]) async throws -> CommandResult {
        try await CommandResult.of(try Checkout.program(), arguments, environment: Self.alone)
    }

    /// A council with one statement in its log, and what its member keeps.
    private struct Scene {
        let community: Community
        let council: Served
        let hash: String
        let stmt: JSONValue
        let kept: String

        init() async throws {
            community = try await Community(charter: BallotTests.slowCharter)
            council = try await Served.council(of: community)
            let citizens = try await Citizen.joinAll(community, at: council.address)
            stmt = citizens[1].statement(
                "propose", ["operations": .array(Samples.library(port: 9))])
            let request = try citizens[1].request(stmt)
            let answer = try await citizens[1].api.call("POST", "/statements", request)
            hash = try #require(answer.json["hash"]?.string)
            let receipt: JSONValue = [
                "ack": try #require(answer.json["ack"]), "stmt": stmt,
                "sig": try #require(request["sig"]),
            ]
            kept = try community.folder.write(receipt.canonicalOctets, to: "kept.json")
        }

        func path(_ name: String) -> String { community.path(name) }
    }

    @Test func `a receipt from the council holds offline, by each form of the statement`()
        async throws
    {
        let scene = try await Scene()
        let (file, entry) = (scene.path("r.tlog-proof"), scene.path("entry.json"))
        let got = try await run([
            "receipt", scene.hash, "--council", "http://\(scene.council.address)", "--community",
            scene.community.card, "-o", file, "--entry", entry,
        ])
        #expect(got.ending == .exited(0), "\(got.errorText)")
        try await scene.council.stop()
        let unrelated = try scene.community.folder.write("{\"kind\":\"x\",\"stmt\":{}}", to: "no")
        for statements in [[entry], [scene.kept], [unrelated, entry]] {
            let verified = try await run(
                ["receipt", "verify", file, "--statement"] + statements
                    + ["--community", scene.community.card, "--json"])
            #expect(verified.ending == .exited(0), "\(verified.errorText)")
            let value = try JSONValue(
                parsing: Array(verified.output.dropLast()), form: .canonical)
            #expect(value["hash"]?.string == scene.hash)
            #expect(value["by"]?.integer == 2)
        }
        let stmt = try scene.community.folder.write(scene.stmt.canonicalOctets, to: "stmt.json")
        let bare = try await run([
            "receipt", "verify", file, "--statement", stmt, "--community", scene.community.card,
        ])
        #expect(bare.ending == .exited(2))
        #expect(bare.errorText.contains("--self-contained"))
    }

    @Test func `a receipt made from the log's files is the council's, and can carry its entry`()
        async throws
    {
        let scene = try await Scene()
        let asking = [
            "receipt", scene.hash, "--council", "http://\(scene.council.address)", "--community",
            scene.community.card,
        ]
        let arguments = [
            "receipt", scene.hash, "--against", scene.community.data.path, "--community",
            scene.community.card,
        ]
        // The log may grow by a tick in between; then both are asked once more.
        let isSame = try await Eventually.value(within: .seconds(60)) { () -> Bool? in
            let asked = try await run(asking)
            let made = try await run(arguments)
            #expect(made.ending == .exited(0), "\(made.errorText)")
            return made.output == asked.output ? true : nil
        }
        #expect(isSame == true)
        try await scene.council.stop()
        let file = scene.path("whole.tlog-proof")
        _ = try await run(arguments + ["--self-contained", "-o", file])
        let stmt = try scene.community.folder.write(scene.stmt.canonicalOctets, to: "stmt.json")
        for statement in [[], ["--statement", stmt]] {
            let verified = try await run(
                ["receipt", "verify", file, "--community", scene.community.card] + statement)
            #expect(verified.ending == .exited(0), "\(verified.errorText)")
            #expect(verified.outputText.contains("propose, by member 2"))
        }
    }

    @Test(arguments: [[], ["--self-contained"]])
    func `a verifier written from C2SP's pages alone accepts it`(more: [String]) async throws {
        let log = try ForgedLog(Samples.library(port: 9))
        let listed = try await run([
            "audit", "log", "--act", "ballot", "--json", "--against", log.path, "--community",
            log.card,
        ])
        let line = try #require(listed.outputText.split(separator: "\n").first)
        let ballot = try JSONValue(parsing: Array(line.utf8), form: .canonical)
        let hash = Digest(hashing: try #require(ballot["entry"]?["stmt"]).canonicalOctets).hex
        let (file, entry) = (log.folder.path("r.tlog-proof"), log.folder.path("entry"))
        let got = try await run(
            [
                "receipt", hash, "--against", log.path, "--community", log.card, "-o", file,
                "--entry", entry,
            ] + more)
        #expect(got.ending == .exited(0), "\(got.errorText)")
        let card = try JSONValue(
            parsing: Array(Data(contentsOf: URL(fileURLWithPath: log.card))), form: .canonical)
        let key = try #require(card["key"]?.string)
        let script = Checkout.root.appendingPathComponent("Tests/SystemTests/tlogproof.py").path
        let verified = try await CommandResult.of("python3", [script, file, entry, key])
        #expect(verified.ending == .exited(0), "\(verified.errorText)")
        #expect(verified.outputText.hasSuffix("forge.example/log\n"))
        try Data("{}".utf8).write(to: URL(fileURLWithPath: entry))
        let refused = try await CommandResult.of("python3", [script, file, entry, key])
        #expect(refused.ending != .exited(0))
    }

    @Test func `one altered octet anywhere in a receipt is refused`() async throws {
        let log = try ForgedLog(Samples.library(port: 9))
        let (hash, file) = try await Self.receipt(of: log, run)
        #expect(hash.count == 64)
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        for place in stride(from: 0, to: whole.count, by: 37) {
            var altered = whole
            altered[place] ^= 1
            try Data(altered).write(to: URL(fileURLWithPath: file))
            let verified = try await run(["receipt", "verify", file, "--community", log.card])
            #expect(verified.ending == .exited(1) || verified.ending == .exited(2), "\(place)")
            #expect(verified.errorText.contains("error:"))
        }
    }

    @Test func `what was promised and is not in the log is said to be proven`() async throws {
        let log = try ForgedLog(Samples.library(port: 9))
        let missing = String(repeating: "a", count: 64)
        let refused = try await run([
            "receipt", missing, "--against", log.path, "--community", log.card,
        ])
        #expect(refused.ending == .exited(1))
        let malformed = try await run(["receipt", "x", "--against", log.path])
        #expect(malformed.ending == .exited(2))
        let stmt: JSONValue = ["act": "ballot", "by": 1]
        let digest = Digest(hashing: stmt.canonicalOctets)
        let signer = try SignerKey(
            name: "forge.example/log", seed: [UInt8](repeating: 255, count: 32))
        let asked = { (time: Int) in
            let promise = Acknowledgement(
                origin: "forge.example/log", statement: digest, time: time)
            let note = try promise.signed(by: signer).octets
            let kept: JSONValue = [
                "ack": .string(String(decoding: note, as: UTF8.self)), "sig": "x", "stmt": stmt,
            ]
            try log.folder.write(kept.canonicalOctets, to: "config/receipts/\(digest.hex).json")
            return try await CommandResult.of(
                try Checkout.program(),
                ["receipt", digest.hex, "--against", log.path, "--community", log.card],
                environment: ["COMMONWAY_CONFIG": log.folder.path("config")])
        }
        let broken = try await asked(1_767_225_500_000)
        #expect(broken.ending == .exited(1))
        #expect(broken.errorText.contains("prove it"), "\(broken.errorText)")
        // The log has no entry yet that is later than this promise: nothing is proven.
        let open = try await asked(1_767_225_600_000)
        #expect(open.ending == .exited(4))
        #expect(open.errorText.contains("promised to be there by"), "\(open.errorText)")
    }

    private static func receipt(
        of log: ForgedLog, _ run: ([String]) async throws -> CommandResult
    ) async throws -> (hash: String, file: String) {
        let listed = try await run([
            "audit", "log", "--act", "join", "--json", "--against", log.path, "--community",
            log.card,
        ])
        let line = try #require(listed.outputText.split(separator: "\n").first)
        let entry = try JSONValue(parsing: Array(line.utf8), form: .canonical)
        let hash = Digest(hashing: try #require(entry["entry"]?["stmt"]).canonicalOctets).hex
        let file = log.folder.path("r.tlog-proof")
        let got = try await run([
            "receipt", hash, "--against", log.path, "--community", log.card, "-o", file,
            "--self-contained",
        ])
        #expect(got.ending == .exited(0), "\(got.errorText)")
        return (hash, file)
    }
}
