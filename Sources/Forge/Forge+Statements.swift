package import CanonicalJSON
import Governance
import LogReader
import Routing
package import SSHSignature
import TransparencyLog

extension Forge {
    /// A statement of a member with its common members filled in.
    ///
    /// - Parameter overrides: Members to set, also over the common ones; ``JSONValue`` by name.
    package mutating func statement(
        _ act: String, by number: Int, _ members: [String: JSONValue]
    ) -> JSONValue {
        var object = JSONObject()
        object["act"] = .string(act)
        object["by"] = .integer(Int64(number))
        object["log"] = .string(state.origin)
        object["nonce"] = .string(nonce())
        object["until"] = .integer(t + 1000)
        for (name, value) in members { object[name] = value }
        return .object(object)
    }

    /// The entry that logs a statement, signed by a key in the namespace of its act.
    ///
    /// - Throws: ``Forge/Fault`` when the key cannot sign.
    package func entry(
        logging stmt: JSONValue, signedBy key: PrivateKey, cosignedBy second: PrivateKey? = nil
    ) throws -> JSONValue {
        var object = JSONObject()
        object["v"] = 1
        object["kind"] = "statement"
        object["t"] = .integer(t)
        object["stmt"] = stmt
        object["sig"] = .string(try Self.signature(of: stmt, by: key))
        if let second { object["cosig"] = .string(try Self.signature(of: stmt, by: second)) }
        return .object(object)
    }

    /// The base64 SSHSIG of a statement.
    ///
    /// - Throws: ``Forge/Fault`` when the key cannot sign.
    package static func signature(of stmt: JSONValue, by key: PrivateKey) throws -> String {
        let act = stmt["act"]?.string ?? ""
        let namespace = Act.namespace(of: act)
        do {
            return try key.sign(message: stmt.canonicalOctets, namespace: namespace).base64
        } catch {
            throw Fault.key("\(error)")
        }
    }

    /// Logs a statement that must be applied.
    ///
    /// - Returns: The statement's hash, hexadecimal.
    /// - Throws: ``Forge/Fault/void(_:)`` when a rule refuses it.
    @discardableResult
    package mutating func log(_ stmt: JSONValue, by number: Int) throws -> String {
        let verdict = try append(try entry(logging: stmt, signedBy: keys[number - 1]))
        if case .void(let refusal) = verdict { throw Fault.void(refusal) }
        return Digest(hashing: stmt.canonicalOctets).hex
    }

    /// Logs a founder's `join`.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func join(_ number: Int) throws {
        let digest = replay.state.constitution?.digest.hex ?? ""
        try log(statement("join", by: number, ["digest": .string(digest)]), by: number)
    }

    /// Logs a proposal.
    ///
    /// - Returns: Its number.
    /// - Throws: As ``log(_:by:)``.
    @discardableResult
    package mutating func propose(_ operations: [JSONValue], by number: Int) throws -> Int {
        try log(
            statement("propose", by: number, ["operations": .array(operations)]), by: number)
        return replay.state.proposals.count
    }

    /// Logs a sponsorship.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func sponsor(_ proposal: Int, by number: Int) throws {
        let payload = replay.state.proposal(proposal)?.proposing.payload.hex ?? ""
        try log(
            statement(
                "sponsor", by: number,
                ["proposal": .integer(Int64(proposal)), "payload": .string(payload)]),
            by: number)
    }

    /// The members of a ballot on the open vote of a proposal, as a correct client fills them in.
    package func ballotMembers(
        _ proposal: Int, by number: Int, _ choice: String
    ) -> [String: JSONValue] {
        let vote = replay.state.proposal(proposal)?.vote
        var members: [String: JSONValue] = [
            "choice": .string(choice), "open": .string(vote?.leaf.hex ?? ""),
            "head": ["size": .integer(Int64(tree.size)), "root": .string(tree.root.hex)],
        ]
        members["replaces"] = vote?.ballotInForce(of: number).map { .string($0.hex) }
        return members
    }

    /// Logs a ballot.
    ///
    /// - Returns: The statement's hash, hexadecimal.
    /// - Throws: As ``log(_:by:)``.
    @discardableResult
    package mutating func vote(
        _ proposal: Int, by number: Int, _ choice: String
    ) throws -> String {
        try log(
            statement("ballot", by: number, ballotMembers(proposal, by: number, choice)),
            by: number)
    }

    /// Takes operations the whole way: proposed, sponsored by all, carried by all, enacted.
    ///
    /// - Returns: The proposal's number.
    /// - Throws: As ``log(_:by:)``.
    @discardableResult
    package mutating func enact(_ operations: [JSONValue]) throws -> Int {
        let proposal = try propose(operations, by: 1)
        let needed = state.proposal(proposal).map { state.sponsorsNeeded(by: $0, at: t) } ?? 1
        for number in 1..<max(needed, 1) { try sponsor(proposal, by: number + 1) }
        try advance(to: max(t, replay.state.quietUntil))
        for number in 1...keys.count where state.member(number)?.isIn == true {
            guard state.proposal(proposal)?.status == .voting else { break }
            try vote(proposal, by: number, "yes")
        }
        try advance(to: t)
        if let vote = state.proposal(proposal)?.vote, state.proposal(proposal)?.closing == nil {
            try advance(to: vote.closes)
        }
        if let closing = state.proposal(proposal)?.closing {
            try advance(to: max(t, closing.enactDue))
        }
        guard replay.state.proposal(proposal)?.status == .enacted else {
            throw Fault.malformed("proposal \(proposal) was not enacted")
        }
        return proposal
    }
}
