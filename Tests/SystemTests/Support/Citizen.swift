import CanonicalJSON
import Foundation
import Routing
import SSHSignature
import TestKit

/// A member as the tests play them: statements built from docs/formats.md, signed with their key,
/// handed in over the API.
struct Citizen: Sendable {
    let community: Community
    let number: Int
    var api: APIClient

    /// Redeems the invitation and joins.
    static func join(
        _ community: Community, _ number: Int, at address: String
    ) async throws -> Citizen {
        let api = APIClient(address)
        let account = try await api.call(
            "POST", "/accounts",
            [
                "invitation": .string(try community.invitation(number)),
                "password": .string(Community.password),
            ])
        guard account.status == 201, let token = account.json["token"]?.string else {
            throw Failure("no account: \(account.status) \(account.json.canonicalText)")
        }
        let citizen = Citizen(
            community: community, number: number, api: APIClient(address, token: token))
        let entry = try await api.call("GET", "/entries/2")
        let digest = entry.json["entry"]?["digest"] ?? .bool(false)
        try await citizen.hand(citizen.statement("join", ["digest": digest]))
        return citizen
    }

    /// All members of a community, joined.
    static func joinAll(_ community: Community, at address: String) async throws -> [Citizen] {
        var citizens: [Citizen] = []
        for number in 1...community.names.count {
            citizens.append(try await join(community, number, at: address))
        }
        return citizens
    }

    /// A statement with its common members.
    func statement(_ act: String, _ members: [String: JSONValue]) -> JSONValue {
        var object = JSONObject()
        object["act"] = .string(act)
        object["by"] = .integer(Int64(number))
        object["log"] = .string(community.origin)
        object["nonce"] = .string(community.nonce())
        object["until"] = .integer(Community.now + 600_000)
        for (name, value) in members { object[name] = value }
        return .object(object)
    }

    /// A request to log a statement.
    func request(_ stmt: JSONValue, namespace: String? = nil) throws -> JSONValue {
        let act = stmt["act"]?.string ?? ""
        let usual = act == "propose" ? "proposal@commonway" : act + "@commonway"
        let signature = try community.keys[number - 1].sign(
            message: stmt.canonicalOctets, namespace: namespace ?? usual)
        return ["stmt": stmt, "sig": .string(signature.base64)]
    }

    /// Hands a statement in; it must be logged.
    @discardableResult
    func hand(_ stmt: JSONValue) async throws -> JSONValue {
        let answer = try await api.call("POST", "/statements", try request(stmt))
        guard answer.status == 201 || answer.status == 200 else {
            throw Failure("refused: \(answer.status) \(answer.json.canonicalText)")
        }
        return answer.json
    }

    /// Proposes operations.
    ///
    /// - Returns: The proposal's number.
    func propose(_ operations: [JSONValue]) async throws -> Int64 {
        let answer = try await hand(statement("propose", ["operations": .array(operations)]))
        guard let number = answer["proposal"]?.integer else { throw Failure("no proposal number") }
        return number
    }

    /// The members of a ballot as a correct client fills them in.
    func ballot(_ proposal: Int64, _ choice: String) async throws -> [String: JSONValue] {
        let read = try await api.call("GET", "/proposals/\(proposal)")
        let head = try await api.call("GET", "/checkpoint")
        return [
            "choice": .string(choice), "open": read.json["open"]?["leaf"] ?? .bool(false),
            "head": [
                "size": head.json["size"] ?? .bool(false),
                "root": head.json["root"] ?? .bool(false),
            ],
        ]
    }

    /// Votes for the first time.
    func vote(_ proposal: Int64, _ choice: String) async throws {
        try await hand(statement("ballot", try await ballot(proposal, choice)))
    }

    /// Waits for a proposal's status.
    func wait(_ proposal: Int64, until status: String) async throws {
        let reached = try await Eventually.value(within: .seconds(60)) { () -> Bool? in
            let answer = try? await api.call("GET", "/proposals/\(proposal)")
            return answer?.json["status"]?.string == status ? true : nil
        }
        guard reached == true else { throw Failure("proposal \(proposal) is not \(status)") }
    }
}

extension [Citizen] {
    /// Takes operations the whole way by everybody's yes.
    func enact(_ operations: [JSONValue]) async throws -> Int64 {
        let proposal = try await self[0].propose(operations)
        try await self[0].wait(proposal, until: "voting")
        for citizen in self { try await citizen.vote(proposal, "yes") }
        try await self[0].wait(proposal, until: "enacted")
        return proposal
    }
}
