import CanonicalJSON
import Council
import Governance
import Testing

@testable import AdminAPI

extension Community {
    /// The operation that puts a route to the backend `catalogue` in force.
    static func route(_ name: String, host: String) -> JSONValue {
        [
            "op": "apply",
            "document": [
                "kind": "HTTPRoute", "name": .string(name), "hostnames": [.string(host)],
                "rules": [["backendRefs": [["name": "catalogue"]]]],
            ],
        ]
    }

    /// The operation that puts the backend `catalogue` in force, kept by the second member.
    static let keptCatalogue: JSONValue = [
        "op": "apply",
        "document": [
            "kind": "Backend", "name": "catalogue", "keepers": [2], "networks": ["10.0.0.0/8"],
            "endpoints": [["address": "127.0.0.1", "port": 9000]],
        ],
    ]

    /// Hands a statement in, which must be taken.
    @discardableResult
    func hand(
        by member: Int, _ act: String, _ members: [String: JSONValue], token: String
    ) async throws -> JSONValue {
        let size = await council.read { $0.state.entries }
        let digits = String(size)
        let nonce = String(repeating: "0", count: 32 - digits.count) + digits
        let reply = try await post(
            "/statements", statement(by: member, act: act, nonce: nonce, members), token: token)
        #expect(reply.status == 201, "\(act): \(reply.text)")
        return try reply.json()
    }

    /// Takes operations the whole way by everybody's yes.
    @discardableResult
    func enact(_ operations: [JSONValue], token: String) async throws -> Int64 {
        let answer = try await hand(
            by: 1, "propose", ["operations": .array(operations)], token: token)
        let number = try #require(answer["proposal"]?.integer)
        try await pass(milliseconds: 1_500)
        let open = try #require(try await get("/proposals/\(number)").json()["open"]?["leaf"])
        for member in 1...3 {
            #expect(try await vote(open: open, by: member, token: token).status == 201)
        }
        try await pass(milliseconds: 1)
        #expect(try await get("/proposals/\(number)").json()["status"] == "enacted")
        return number
    }
}
