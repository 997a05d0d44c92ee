import CanonicalJSON
import Forge
import Governance
import SSHSignature
import Testing

extension Forge {
    /// Proposes, sponsors as often as needed, and goes on to the opening.
    mutating func openVote(
        _ operations: [JSONValue] = Samples.library, by number: Int = 1
    ) throws -> Int {
        let proposal = try propose(operations, by: number)
        let needed = state.charter?.sponsorsNeeded(of: keys.count) ?? 0
        for offset in 1..<max(needed, 1) {
            try sponsor(proposal, by: (number - 1 + offset) % keys.count + 1)
        }
        let ends = state.proposal(proposal).flatMap { state.discussionEnd(of: $0) }
        try advance(to: max(t, ends ?? t))
        try #require(state.proposal(proposal)?.status == .voting)
        return proposal
    }

    /// Takes a proposal to its end with the yes of these members.
    mutating func carry(_ proposal: Int, by members: ClosedRange<Int>) throws {
        for member in members { try vote(proposal, by: member, "yes") }
        try settle()
    }

    /// A statement and the entry that logs it, signed by its member.
    mutating func signed(
        _ act: String, by number: Int, _ members: [String: JSONValue]
    ) throws -> JSONValue {
        let stmt = statement(act, by: number, members)
        return try entry(logging: stmt, signedBy: keys[number - 1])
    }

    /// A ballot's entry with some members other than a correct client fills in.
    mutating func ballot(
        _ proposal: Int, by number: Int, _ choice: String = "yes",
        with overrides: [String: JSONValue] = [:]
    ) throws -> JSONValue {
        var members = ballotMembers(proposal, by: number, choice)
        for (name, value) in overrides { members[name] = value }
        return try signed("ballot", by: number, members)
    }

    /// The entry that enrols a further key for a member.
    ///
    /// - Parameter cosigner: Who signs beside the member; the new key unless given.
    mutating func enrolment(
        of key: PrivateKey, by number: Int, cosignedBy cosigner: PrivateKey? = nil
    ) throws -> JSONValue {
        let stmt = statement("key", by: number, ["key": .string(key.publicKey.openSSHText)])
        return try entry(
            logging: stmt, signedBy: keys[number - 1], cosignedBy: cosigner ?? key)
    }

    /// A key that belongs to nobody here.
    static func foreignKey(_ number: UInt8 = 0) throws -> PrivateKey {
        try PrivateKey(seed: [UInt8](repeating: 128 + number, count: PrivateKey.seedOctets))
    }
}

extension Forge.Fault {
    /// The rule that a statement broke.
    var code: RefusalCode? {
        if case .void(let refusal) = self { refusal.code } else { nil }
    }
}
