import CanonicalJSON
import Foundation
import Governance
import SSHSignature
import TestKit
import Testing

/// Ballots at the council's door, and in the hands of somebody who has only OpenSSH.
@Suite struct BallotTests {
    @Test func `a wrong ballot is refused by name and a right one is taken`() async throws {
        let community = try await Community(charter: Self.slowCharter)
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let proposal = try await citizens[0].propose(Samples.library(port: 9))
        try await citizens[0].wait(proposal, until: "voting")
        let elector = citizens[1]
        let right = try await elector.ballot(proposal, "yes")
        let zeros = JSONValue.string(String(repeating: "0", count: 64))
        let faults: [(String, String, JSONValue)] = [
            ("unknown-open", "open", zeros), ("wrong-replaces", "replaces", zeros),
            ("head-not-in-log", "head", ["size": 1, "root": zeros]),
            ("expired", "until", .integer(Community.now - 1)),
            ("until-too-far", "until", .integer(Community.now + 7_200_000)),
            ("wrong-log", "log", "another.example/log"), ("unknown-member", "by", 77),
            ("key-not-in-force", "by", 1),
        ]
        for (code, member, value) in faults {
            let stmt = elector.statement("ballot", right.merging([member: value]) { $1 })
            try await expectRefusal(elector, try elector.request(stmt), code)
        }
        let stmt = elector.statement("ballot", right)
        try await expectRefusal(
            elector, try elector.request(stmt, namespace: "sponsor@commonway"), "bad-signature")
        var altered = try elector.request(stmt).object
        altered?["stmt"] = elector.statement("ballot", right.merging(["choice": "no"]) { $1 })
        try await expectRefusal(elector, .object(try #require(altered)), "bad-signature")
        try await elector.hand(stmt)
        let tally = try await elector.api.call("GET", "/proposals/\(proposal)")
        #expect(tally.json["tally"]?["yes"] == 1)
        try await council.stop()
    }

    @Test func `ssh-keygen accepts a ballot taken from the log`() async throws {
        let community = try await Community(charter: Self.slowCharter)
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let proposal = try await citizens[0].propose(Samples.library(port: 9))
        try await citizens[0].wait(proposal, until: "voting")
        let answer = try await citizens[2].hand(
            citizens[2].statement("ballot", try await citizens[2].ballot(proposal, "no")))
        let index = try #require(answer["index"]?.integer)
        let entry = try await citizens[2].api.call("GET", "/entries/\(index)")
        let logged = try #require(entry.json["entry"])
        let stmt = try #require(logged["stmt"])
        let signature = try #require(logged["sig"]?.string)
        #expect(logged.canonicalOctets.count <= 700)
        try Data(stmt.canonicalOctets).write(to: URL(fileURLWithPath: community.path("stmt")))
        try Data(Self.armor(signature).utf8).write(
            to: URL(fileURLWithPath: community.path("stmt.sig")))
        let line = "member3 \(community.keys[2].publicKey.openSSHText)\n"
        try Data(line.utf8).write(to: URL(fileURLWithPath: community.path("allowed")))
        let verified = try await CommandResult.of(
            "ssh-keygen",
            [
                "-Y", "verify", "-f", community.path("allowed"), "-I", "member3", "-n",
                "ballot@commonway", "-s", community.path("stmt.sig"),
            ], inputFile: community.path("stmt"))
        #expect(verified.ending == .exited(0), "\(verified.errorText)")
        let foreign = try await CommandResult.of(
            "ssh-keygen",
            [
                "-Y", "verify", "-f", community.path("allowed"), "-I", "member3", "-n",
                "sponsor@commonway", "-s", community.path("stmt.sig"),
            ], inputFile: community.path("stmt"))
        #expect(foreign.ending != .exited(0))
        try await council.stop()
    }

    /// A vote long enough that a slow machine does not close it in the middle of a test.
    static let slowCharter: JSONValue = {
        var charter = Charter.demonstration.object ?? JSONObject()
        var classes = charter["classes"]?.object ?? JSONObject()
        for name in ["routine", "sensitive", "constitutional"] {
            var rules = classes[name]?.object ?? JSONObject()
            rules["voting"] = "10m"
            classes[name] = .object(rules)
        }
        charter["classes"] = .object(classes)
        return .object(charter)
    }()

    private static func armor(_ signature: String) -> String {
        "-----BEGIN SSH SIGNATURE-----\n\(signature)\n-----END SSH SIGNATURE-----\n"
    }

    private func expectRefusal(
        _ citizen: Citizen, _ request: JSONValue, _ code: String
    ) async throws {
        let answer = try await citizen.api.call("POST", "/statements", request)
        #expect((400..<500).contains(answer.status), "\(code)")
        #expect(answer.json["code"]?.string == code, "\(answer.json.canonicalText)")
        #expect(answer.json["next"]?.string?.isEmpty == false)
        #expect(answer.fields["content-type"] == "application/problem+json")
    }
}
