import CanonicalJSON
import Forge
import Governance
import Routing
import SSHSignature

/// Rules of `leave`, `retire`, `withdraw`, `remark`, and of proposals asked for anew.
extension Provocation {
    static func noLongerAMember(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        if faulty { try forge.leave(4) }
        return Situation(
            forge, try forge.signed("propose", by: 4, ["operations": .array(Samples.library)]))
    }

    private static func retiring(
        _ forge: inout Forge, _ key: PrivateKey
    ) throws -> Situation {
        let line: JSONValue = .string(key.publicKey.openSSHText)
        return Situation(forge, try forge.signed("retire", by: 1, ["key": line]))
    }

    static func unknownKey(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let second = try Forge.foreignKey()
        try forge.append(try forge.enrolment(of: second, by: 1))
        return try retiring(&forge, faulty ? forge.keys[1] : second)
    }

    static func lastKey(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        if !faulty { try forge.append(try forge.enrolment(of: try Forge.foreignKey(), by: 1)) }
        return try retiring(&forge, forge.keys[0])
    }

    /// Proposal 2 is enacted, and proposal 3 stale for it.
    static func withStaleProposal() throws -> (forge: Forge, operations: [JSONValue]) {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        try forge.enact(Samples.library)
        let weights = [
            Samples.route("library", host: "library.example", to: [("catalogue", 5)])
        ]
        let first = try forge.openVote(
            [["op": "delete", "kind": "HTTPRoute", "name": "library"]], by: 1)
        let second = try forge.openVote(weights, by: 2)
        for member in 1...3 {
            try forge.vote(first, by: member, "yes")
            try forge.vote(second, by: member, "yes")
        }
        try forge.settle()
        return (forge, weights)
    }

    static func notRefilable(_ faulty: Bool) throws -> Situation {
        var (forge, operations) = try withStaleProposal()
        let entry = try forge.signed(
            "propose", by: 2,
            ["operations": .array(operations), "refiles": faulty ? 2 : 3])
        return Situation(forge, entry)
    }

    private static func withdrawing(_ forge: inout Forge, by number: Int) throws -> Situation {
        Situation(forge, try forge.signed("withdraw", by: number, ["proposal": 1]))
    }

    static func proposalOver(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        try forge.propose(Samples.library, by: 1)
        if faulty { try forge.withdraw(1, by: 1) }
        return try withdrawing(&forge, by: 1)
    }

    static func notTheProposer(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        try forge.propose(Samples.library, by: 1)
        return try withdrawing(&forge, by: faulty ? 2 : 1)
    }

    static func tooManyRemarks(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        try forge.propose(Samples.library, by: 1)
        let remark: [String: JSONValue] = [
            "proposal": 1, "concern": "cost", "reason": .string(ContentDigest(of: [1]).hex),
        ]
        for _ in 1...(faulty ? 3 : 2) {
            try forge.log(forge.statement("remark", by: 2, remark), by: 2)
        }
        return Situation(forge, try forge.signed("remark", by: 2, remark))
    }

    static func subject(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote([["op": "expel", "member": 4]])
        return Situation(forge, try forge.ballot(number, by: faulty ? 4 : 3))
    }
}
