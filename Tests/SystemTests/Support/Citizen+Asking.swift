import CanonicalJSON
import Foundation
import Governance
import LogReader
import TestKit
import Testing

extension Citizen {
    /// Hands in what must be refused.
    ///
    /// - Returns: The refusal's code; `nil` when it was taken after all.
    func refusal(_ request: JSONValue) async throws -> String? {
        let answer = try await api.call("POST", "/statements", request)
        return (400..<500).contains(answer.status) ? answer.json["code"]?.string : nil
    }

    /// Signs a statement and hands it in, to be refused: the code.
    func refusal(_ act: String, _ members: [String: JSONValue]) async throws -> String? {
        try await refusal(try request(statement(act, members)))
    }

    /// A proposal as the API shows it.
    func proposal(_ number: Int64) async throws -> JSONValue {
        try await api.call("GET", "/proposals/\(number)").json
    }

    /// Proposes, and waits for the vote.
    func open(_ operations: [JSONValue]) async throws -> Int64 {
        let number = try await propose(operations)
        try await wait(number, until: "voting")
        return number
    }

    /// Votes again in place of a ballot.
    @discardableResult
    func vote(_ proposal: Int64, _ choice: String, replacing hash: JSONValue?) async throws
        -> JSONValue
    {
        var members = try await ballot(proposal, choice)
        members["replaces"] = hash
        return try await hand(statement("ballot", members))
    }

    /// The operation that puts a charter in the place of the one in force.
    func charterOperation(_ charter: JSONValue) async throws -> JSONValue {
        let community = try await api.call("GET", "/community")
        return [
            "op": "charter", "base": community.json["charterDigest"] ?? "", "charter": charter,
        ]
    }
}

extension Community {
    /// The card, read.
    func pinned() throws -> CommunityCard {
        try CommunityCard(octets: Array(try Data(contentsOf: URL(fileURLWithPath: card))))
    }

    /// Everything published, recomputed from the files alone.
    func expectAudited() async throws {
        let audit = try await CommandResult.of(
            try Checkout.program(),
            ["audit", "verify", "--log", log.path, "--community", card])
        #expect(audit.ending == .exited(0), "\(audit.errorText)")
    }
}

extension Samples {
    /// The demonstration's charter with votes on routes that last, so that nothing closes by
    /// itself, and a moment more for those on the charter and on members.
    static func lasting(_ changes: [([String], JSONValue)] = []) -> JSONValue {
        let whole: [([String], JSONValue)] = [
            (["classes", "routine", "voting"], "10m"), (["classes", "sensitive", "voting"], "10m"),
            (["classes", "constitutional", "voting"], "6s"),
        ]
        return (whole + changes).reduce(Charter.demonstration) { charter, change in
            replacing(change.0[...], in: charter, by: change.1)
        }
    }
}
