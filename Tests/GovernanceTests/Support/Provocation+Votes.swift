import CanonicalJSON
import Forge
import Governance
import Routing
import TransparencyLog

/// Rules of `propose`, `sponsor` and `ballot`.
extension Provocation {
    private static func proposing(
        _ forge: inout Forge, _ operations: [JSONValue] = Samples.library, by number: Int = 1
    ) throws -> Situation {
        let entry = try forge.signed("propose", by: number, ["operations": .array(operations)])
        return Situation(forge, entry)
    }

    static func notBegun(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(
            founders: 5, charter: Charter.demonstration, joined: faulty ? 2 : 3)
        return try proposing(&forge)
    }

    static func planRefused(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        return try proposing(&forge, Array(Samples.library.dropFirst(faulty ? 1 : 0)))
    }

    static func tooManyProposals(_ faulty: Bool) throws -> Situation {
        let charter = Samples.charter(["limits", "discussionPerMember"], 2)
        var forge = try Forge(charter: charter)
        for _ in 1...2 { try forge.propose(Samples.library, by: 1) }
        return try proposing(&forge, by: faulty ? 1 : 2)
    }

    static func rejectedRecently(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...2 { try forge.vote(number, by: member, "no") }
        try forge.settle()
        // `rejectedReturns` of the demonstration is 5 s.
        forge.t += faulty ? 4999 : 5000
        return try proposing(&forge, by: 2)
    }

    private static func sponsoring(
        _ forge: inout Forge, _ proposal: Int, by number: Int, payload: ContentDigest? = nil
    ) throws -> Situation {
        let payload = payload ?? forge.state.proposal(proposal)?.proposing.payload
        let entry = try forge.signed(
            "sponsor", by: number,
            [
                "proposal": .integer(Int64(proposal)),
                "payload": .string((payload ?? ContentDigest(of: [])).hex),
            ])
        return Situation(forge, entry)
    }

    static func unknownProposal(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        try forge.propose(Samples.library, by: 1)
        return try sponsoring(&forge, faulty ? 2 : 1, by: 2)
    }

    static func notInDiscussion(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        try forge.propose(Samples.library, by: 1)
        if faulty { try forge.advance(to: forge.t + 1000) }
        return try sponsoring(&forge, 1, by: 2)
    }

    static func wrongPayload(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        try forge.propose(Samples.library, by: 1)
        return try sponsoring(&forge, 1, by: 2, payload: faulty ? ContentDigest(of: [1]) : nil)
    }

    static func alreadySponsored(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(founders: 10, charter: Charter.demonstration)
        try forge.propose(Samples.library, by: 1)
        return try sponsoring(&forge, 1, by: faulty ? 1 : 2)
    }

    static func unknownOpen(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let open: [String: JSONValue] = ["open": .string(ContentDigest(of: [1]).hex)]
        return Situation(forge, try forge.ballot(number, by: 1, with: faulty ? open : [:]))
    }

    static func votingClosed(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let closes = forge.state.proposal(number)?.vote?.closes ?? 0
        try forge.advance(to: faulty ? closes : closes - 1)
        return Situation(forge, try forge.ballot(number, by: 1))
    }

    static func notAnElector(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(founders: 5, charter: Charter.demonstration, joined: 4)
        let number = try forge.openVote()
        try forge.join(5)
        return Situation(forge, try forge.ballot(number, by: faulty ? 5 : 4))
    }

    static func wrongReplaces(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let first = try forge.vote(number, by: 1, "yes")
        try forge.vote(number, by: 1, "no")
        let stale: [String: JSONValue] = ["replaces": .string(first)]
        return Situation(forge, try forge.ballot(number, by: 1, with: faulty ? stale : [:]))
    }

    static func tooManyBallots(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        for _ in 1...(faulty ? 10 : 9) { try forge.vote(number, by: 1, "no") }
        return Situation(forge, try forge.ballot(number, by: 1))
    }

    static func headNotInLog(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let root = forge.tree.root.octets
        let seen = faulty ? [root[0] ^ 1] + root.dropFirst() : root
        let head: JSONValue = [
            "size": .integer(Int64(forge.tree.size)),
            "root": .string(ContentDigest(octets: seen)?.hex ?? ""),
        ]
        return Situation(forge, try forge.ballot(number, by: 1, with: ["head": head]))
    }
}
