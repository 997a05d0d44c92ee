package import CanonicalJSON
import Governance
package import SSHSignature
import TransparencyLog

extension Forge {
    /// An `admit` of newcomers with these keys, each with their signed `join`.
    ///
    /// - Throws: ``Forge/Fault`` when a key cannot sign.
    package mutating func admission(of keys: [PrivateKey]) throws -> JSONValue {
        var members: [JSONValue] = []
        for key in keys {
            let handle = Digest(hashing: Array(key.publicKey.openSSHText.utf8)).hex
            members.append(
                .object(
                    try enclosed(
                        "join", signedBy: key,
                        [
                            "handle": .string(handle),
                            "key": .string(key.publicKey.openSSHText),
                        ])))
        }
        return ["op": "admit", "members": .array(members)]
    }

    /// A `recover` that gives a member this key.
    ///
    /// - Throws: ``Forge/Fault`` when the key cannot sign.
    package mutating func recovery(of member: Int, with key: PrivateKey) throws -> JSONValue {
        var object = try enclosed(
            "recover", signedBy: key,
            ["by": .integer(Int64(member)), "key": .string(key.publicKey.openSSHText)])
        object["op"] = "recover"
        return .object(object)
    }

    private mutating func enclosed(
        _ act: String, signedBy key: PrivateKey, _ members: [String: JSONValue]
    ) throws -> JSONObject {
        var stmt = JSONObject()
        stmt["act"] = .string(act)
        stmt["log"] = .string(state.origin)
        stmt["nonce"] = .string(nonce())
        stmt["until"] = .integer(t + 600_000)
        for (name, value) in members { stmt[name] = value }
        var object = JSONObject()
        object["stmt"] = .object(stmt)
        object["sig"] = .string(try Self.signature(of: .object(stmt), by: key))
        return object
    }

    /// Takes over the key of the next newcomer, or another one of a member.
    package mutating func learn(_ key: PrivateKey, of number: Int? = nil) {
        guard let number, keys.indices.contains(number - 1) else {
            keys.append(key)
            return
        }
        keys[number - 1] = key
    }

    /// Revises a proposal.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func revise(
        _ proposal: Int, _ operations: [JSONValue], by number: Int
    ) throws {
        try log(
            statement(
                "revise", by: number,
                ["proposal": .integer(Int64(proposal)), "operations": .array(operations)]),
            by: number)
    }

    /// Remarks on a proposal; the reason is the digest of nothing.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func remark(_ proposal: Int, by number: Int) throws {
        try log(
            statement(
                "remark", by: number,
                [
                    "proposal": .integer(Int64(proposal)), "concern": "reliability",
                    "reason": .string(Digest(hashing: []).hex),
                ]),
            by: number)
    }

    /// Takes a proposal back.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func withdraw(_ proposal: Int, by number: Int) throws {
        try log(
            statement("withdraw", by: number, ["proposal": .integer(Int64(proposal))]),
            by: number)
    }

    /// Ends a membership.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func leave(_ number: Int) throws {
        try log(statement("leave", by: number, [:]), by: number)
    }

    /// Takes a key of a member out of force.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func retire(_ key: PublicKey, by number: Int, stolen: Bool = false) throws {
        var members: [String: JSONValue] = ["key": .string(key.openSSHText)]
        if stolen { members["stolen"] = true }
        try log(statement("retire", by: number, members), by: number)
    }
}
