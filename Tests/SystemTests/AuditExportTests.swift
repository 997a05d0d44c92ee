import CanonicalJSON
import Foundation
import SSHSignature
import TestKit
import Testing

/// `commonway audit export`: votes recounted by a shell and the real `ssh-keygen`.
@Suite struct AuditExportTests {
    private func run(_ arguments: [String]) async throws -> CommandResult {
        try await CommandResult.of(
            try Checkout.program(), arguments, environment: ["COMMONWAY_CONFIG": "/nonexistent"])
    }

    /// A community whose first vote carried and whose second is open: one ballot there was
    /// replaced, one is signed by a key that was enrolled since.
    private func history() async throws -> Community {
        let community = try await Community(charter: BallotTests.slowCharter)
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        _ = try await citizens.enact(Samples.library(port: 9))
        let second = try await citizens[0].propose([Samples.backend("shelf", port: 9)])
        try await citizens[0].wait(second, until: "voting")
        try await citizens[0].vote(second, "yes")
        let first = try await citizens[1].hand(
            citizens[1].statement("ballot", try await citizens[1].ballot(second, "no")))
        var ballot = try await citizens[1].ballot(second, "yes")
        ballot["replaces"] = first["hash"]
        try await citizens[1].hand(citizens[1].statement("ballot", ballot))
        let key = try await enrol(citizens[2])
        let stmt = citizens[2].statement("ballot", try await citizens[2].ballot(second, "abstain"))
        let signature = try key.sign(
            message: stmt.canonicalOctets, namespace: "ballot@commonway")
        let answer = try await citizens[2].api.call(
            "POST", "/statements", ["stmt": stmt, "sig": .string(signature.base64)])
        #expect(answer.status == 201, "\(answer.json.canonicalText)")
        try await council.stop()
        return community
    }

    private func enrol(_ citizen: Citizen) async throws -> PrivateKey {
        let key = try PrivateKey(seed: [UInt8](repeating: 77, count: PrivateKey.seedOctets))
        let stmt = citizen.statement("key", ["key": .string(key.publicKey.openSSHText)])
        var request = try #require(try citizen.request(stmt).object)
        let cosignature = try key.sign(
            message: stmt.canonicalOctets, namespace: "key@commonway")
        request["cosig"] = .string(cosignature.base64)
        let answer = try await citizen.api.call("POST", "/statements", .object(request))
        #expect(answer.status == 201, "\(answer.json.canonicalText)")
        return key
    }

    @Test func `a shell loop over ssh-keygen recounts the votes to the log's tallies`()
        async throws
    {
        let community = try await history()
        let folder = community.path("export")
        let exported = try await run([
            "audit", "export", folder, "--against", community.log.path, "--community",
            community.card,
        ])
        #expect(exported.ending == .exited(0), "\(exported.errorText)")
        let recounted = try await CommandResult.of("sh", ["\(folder)/recount.sh"])
        #expect(recounted.ending == .exited(0), "\(recounted.errorText)")
        #expect(
            recounted.outputText == """
                proposal 1: yes 3, no 0, abstain 0, as in the log (passed)
                proposal 2: yes 2, no 0, abstain 1, as in the log (open)

                """)
        let one = try await CommandResult.of("sh", ["\(folder)/recount.sh", "2"])
        #expect(one.outputText.hasPrefix("proposal 2: yes 2"))
        let none = try await CommandResult.of("sh", ["\(folder)/recount.sh", "9"])
        #expect(none.ending == .exited(2))
        try await verifyAll(in: folder)
    }

    /// Every statement's signature holds at its time, whatever its act, by `ssh-keygen`.
    private func verifyAll(in folder: String) async throws {
        let index = try String(contentsOfFile: folder + "/index.tsv", encoding: .utf8)
        let rows = index.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t").map { String($0) }
        }
        #expect(rows.count { $0[5] == "replaced" } == 1)
        #expect(rows.count { $0[5] == "in-force" } == 6)
        for row in rows {
            let file = "\(folder)/\(row[7])"
            let namespace = row[3] == "propose" ? "proposal" : row[3]
            let arguments = [
                "-Y", "verify", "-f", folder + "/allowed_signers", "-I", "member-\(row[2])", "-n",
                "\(namespace)@commonway", "-Overify-time=\(row[1])", "-s", file + ".sig",
            ]
            let verified = try await CommandResult.of("ssh-keygen", arguments, inputFile: file)
            #expect(verified.ending == .exited(0), "\(row): \(verified.errorText)")
        }
    }

    @Test func `an altered ballot, or one that counts twice, makes the recount fail`()
        async throws
    {
        let community = try await history()
        let folder = community.path("export")
        _ = try await run([
            "audit", "export", folder, "--against", community.log.path, "--community",
            community.card, "--proposal", "2",
        ])
        let index = try String(contentsOfFile: folder + "/index.tsv", encoding: .utf8)
        #expect(!index.contains("\t1\tin-force"))
        let doubled = index.replacing("replaced", with: "in-force")
        try doubled.write(toFile: folder + "/index.tsv", atomically: true, encoding: .utf8)
        let twice = try await CommandResult.of("sh", ["\(folder)/recount.sh"])
        #expect(twice.ending == .exited(1))
        #expect(twice.errorText.contains("a second ballot by member 2"))
        try index.write(toFile: folder + "/index.tsv", atomically: true, encoding: .utf8)
        let row = try #require(index.split(separator: "\n").last { $0.contains("in-force") })
        let file = "\(folder)/\(try #require(row.split(separator: "\t").last))"
        let ballot = try String(contentsOfFile: file, encoding: .utf8)
        try ballot.replacing("abstain", with: "yes").write(
            toFile: file, atomically: true, encoding: .utf8)
        let altered = try await CommandResult.of("sh", ["\(folder)/recount.sh"])
        #expect(altered.ending == .exited(1))
        #expect(altered.errorText.contains("does not hold for member 3"))
    }

    @Test func `of a log without a vote there is nothing to recount`() async throws {
        let community = try await Community(charter: BallotTests.slowCharter)
        let folder = community.path("export")
        let exported = try await run([
            "audit", "export", folder, "--against", community.data.path, "--community",
            community.card,
        ])
        #expect(exported.ending == .exited(0), "\(exported.errorText)")
        let recounted = try await CommandResult.of("sh", ["\(folder)/recount.sh"])
        #expect(recounted.ending == .exited(0))
        #expect(recounted.outputText == "no votes here\n")
    }

    @Test func `a folder in use, an unknown proposal and an altered log are refused`()
        async throws
    {
        let log = try ForgedLog(Samples.library(port: 9))
        let against = ["--against", log.path, "--community", log.card]
        let full = try await run(["audit", "export", log.path] + against)
        #expect(full.ending == .exited(2))
        let unknown = try await run(
            ["audit", "export", log.folder.path("a"), "--proposal", "9"] + against)
        #expect(unknown.ending == .exited(1))
        #expect(unknown.errorText.contains("no proposal 9"))
        let bundles = log.path + "/tile/entries/000.p"
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: bundles).first)
        let bundle = URL(fileURLWithPath: "\(bundles)/\(name)")
        var octets = Array(try Data(contentsOf: bundle))
        octets[octets.count / 2] ^= 1
        try Data(octets).write(to: bundle)
        let altered = try await run(["audit", "export", log.folder.path("b")] + against)
        #expect(altered.ending == .exited(1))
        #expect(!FileManager.default.fileExists(atPath: log.folder.path("b/index.tsv")))
    }
}
