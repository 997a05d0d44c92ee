import CanonicalJSON
import Council
import Governance
import Routing
import SSHSignature
import Store
import TestKit
import TransparencyLog

extension Premises {
    /// A statement, signed and verified.
    func signed(
        _ act: String, by number: Int, _ members: [String: JSONValue], nonce: String? = nil
    ) throws -> SignatureCheck {
        var object = JSONObject()
        object["act"] = .string(act)
        object["by"] = .integer(Int64(number))
        object["log"] = .string(signer.verifier.name)
        object["nonce"] = .string(nonce ?? String(repeating: "0", count: 16))
        object["until"] = .integer(clock.now + 60_000)
        for (name, value) in members { object[name] = value }
        let stmt = JSONValue.object(object)
        let namespace = act == "propose" ? "proposal@commonway" : act + "@commonway"
        let signature = try keys[number - 1].sign(
            message: stmt.canonicalOctets, namespace: namespace)
        var reader = try ObjectReader(["stmt": stmt, "sig": .string(signature.base64)])
        return SignatureCheck(verifying: try SignedStatement(&reader))
    }

    func join(_ number: Int, _ council: Council) async throws -> Logged {
        let digest = await council.read { $0.state.constitution?.digest }
        let check = try signed("join", by: number, ["digest": .string(digest?.hex ?? "")])
        return try await council.submit(check)
    }

    /// Founds, starts, and lets everybody join.
    func begun() async throws -> (council: Council, store: Store) {
        try await found()
        let (council, store) = try await open()
        for number in 1...keys.count { _ = try await join(number, council) }
        return (council, store)
    }

    func proposal(
        of name: String = "catalogue", by number: Int = 1, nonce: String? = nil
    ) throws -> SignatureCheck {
        let operation: JSONValue = [
            "op": "apply",
            "document": [
                "kind": "Backend", "name": .string(name),
                "endpoints": [["address": "127.0.0.1", "port": 9001]],
            ],
        ]
        return try signed("propose", by: number, ["operations": [operation]], nonce: nonce)
    }

    func ballot(
        on proposal: Int, by number: Int, _ choice: String, _ council: Council
    ) async throws -> SignatureCheck {
        let members = await council.read { view in
            let vote = view.state.proposal(proposal)?.vote
            var members: [String: JSONValue] = [
                "choice": .string(choice), "open": .string((vote?.leaf ?? .zero).hex),
                "head": [
                    "size": .integer(Int64(view.tree.size)), "root": .string(view.tree.root.hex),
                ],
            ]
            members["replaces"] = vote?.ballotInForce(of: number).map { .string($0.hex) }
            return members
        }
        return try signed("ballot", by: number, members)
    }

    /// Takes a backend the whole way into force.
    func enact(_ council: Council, _ name: String = "catalogue") async throws {
        let logged = try await council.submit(try proposal(of: name))
        let number = logged.proposal ?? 0
        clock.goOn(by: 1000)
        _ = try await council.advance()
        for member in 1...keys.count {
            _ = try await council.submit(try await ballot(on: number, by: member, "yes", council))
        }
    }
}

extension ContentDigest {
    /// No vote's leaf.
    fileprivate static var zero: ContentDigest { ContentDigest(of: []) }
}
