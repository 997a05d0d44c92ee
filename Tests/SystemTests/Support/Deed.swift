import CanonicalJSON
import Forge
import Governance
import LogReader
import Routing
import SSHSignature
import Testing

/// What an operator who holds the log's key may try, each beside the same thing done rightly.
///
/// Both want the route of ``Followed/coveting`` in force.
enum Deed: String, CaseIterable, CustomTestStringConvertible {
    case ratificationWithoutVotes = "an enactment without votes"
    case closeWithoutBallots = "a close that counts ballots that nobody cast"
    case ballotsByAnotherKey = "ballots signed with a key of the operator's own"
    case moreFounders = "founders added after the founding"
    case closeLeftOut = "a due close left out"
    case clockAhead = "a clock that runs ahead"
    case clockBack = "a clock that is set back"
    case anotherCharter = "a vote opened under an edited charter"
    case replay = "old ballots replayed"
    case hoardedBallot = "a ballot hoarded and logged after the one that replaced it"
    case lateBallot = "a ballot hoarded until its time is over"
    case emergencyWithoutEnd = "an emergency that is not lifted when its time is over"
    case emergencyByOperator = "an emergency that no steward signed"
    case refusalThatAdds = "a refusal that claims another table"
    case keyWithoutVote = "another log key that nobody voted for"
    case successionByFew = "a successor that one member named"

    var testDescription: String { rawValue }

    /// Appends to the log.
    ///
    /// - Returns: How the gateway's refusal begins.
    func play(_ forge: inout Forge) throws -> String {
        switch self {
        case .ratificationWithoutVotes: try ratifyWithoutVotes(&forge)
        case .closeWithoutBallots: try closeWithoutBallots(&forge)
        case .ballotsByAnotherKey: try voteWithAnotherKey(&forge)
        case .moreFounders: try addFounders(&forge)
        case .closeLeftOut: try leaveOutClose(&forge)
        case .clockAhead: try enact(&forge, aheadMs: 120_000)
        case .clockBack: try setBack(&forge)
        case .anotherCharter: try openUnderAnotherCharter(&forge)
        case .replay: try replay(&forge)
        case .hoardedBallot: try hoard(&forge)
        case .lateBallot: try logLate(&forge)
        case .emergencyWithoutEnd: try keepEmergency(&forge)
        case .emergencyByOperator: try disableWithAnotherKey(&forge)
        case .refusalThatAdds: try refuseWithAnotherTable(&forge)
        case .keyWithoutVote: try changeKeyWithoutVote(&forge)
        case .successionByFew: try goOnWithOneMember(&forge)
        }
    }

    /// The same without the fault: the route is in force afterwards.
    func control(_ forge: inout Forge) throws {
        switch self {
        case .clockAhead: _ = try enact(&forge, aheadMs: 30_000)
        case .hoardedBallot: try changeBallot(&forge)
        case .lateBallot: try logInTime(&forge)
        default: try forge.enact(Followed.coveting)
        }
    }

    private func ratifyWithoutVotes(_ forge: inout Forge) throws -> String {
        var voted = forge
        let proposal = try voted.enact(Followed.coveting)
        let octets = try #require(voted.entries.last)
        var claim = try #require(try JSONValue(parsing: octets, form: .canonical).object)
        try forge.propose(Followed.coveting, by: 1)
        claim["t"] = .integer(forge.t)
        return lie(
            JSONValue.object(claim).canonicalOctets, "early: enact \(proposal) is not due", &forge)
    }

    private func closeWithoutBallots(_ forge: inout Forge) throws -> String {
        _ = try openVote(&forge)
        return try close(&forge, yes: 3, no: 0)
    }

    private func voteWithAnotherKey(_ forge: inout Forge) throws -> String {
        let proposal = try openVote(&forge)
        let key = try PrivateKey(seed: [UInt8](repeating: 200, count: PrivateKey.seedOctets))
        for member in 1...3 {
            let stmt = forge.statement(
                "ballot", by: member, forge.ballotMembers(proposal, by: member, "yes"))
            let verdict = try forge.append(try forge.entry(logging: stmt, signedBy: key))
            #expect(Self.code(verdict) == .keyNotInForce)
        }
        return try close(&forge, yes: 3, no: 0, early: true)
    }

    private func addFounders(_ forge: inout Forge) throws -> String {
        let key = try PrivateKey(seed: [UInt8](repeating: 200, count: PrivateKey.seedOctets))
        let founder = Founder(number: 4, key: key.publicKey, handle: .init(of: []))
        let entry = Founder.entry([founder], t: forge.t)
        return lie(entry.canonicalOctets, "founders has no place here", &forge)
    }

    private func leaveOutClose(_ forge: inout Forge) throws -> String {
        let proposal = try openVote(&forge)
        try forge.vote(proposal, by: 1, "no")
        forge.t = try closes(forge, proposal)
        return lie(tick(forge.t), "overdue: close \(proposal) (found tick)", &forge)
    }

    private func enact(_ forge: inout Forge, aheadMs: Int64) throws -> String {
        forge.t = Community.now + aheadMs
        let index = forge.entries.count
        try forge.enact(Followed.coveting)
        return "entry \(index): dated "
    }

    private func setBack(_ forge: inout Forge) throws -> String {
        let proposal = try openVote(&forge)
        try forge.advance(to: try closes(forge, proposal))
        // One more moment for the ballots that were missing.
        return lie(
            tick(forge.t - 1), "its time \(forge.t - 1) is before its predecessor's", &forge)
    }

    private func openUnderAnotherCharter(_ forge: inout Forge) throws -> String {
        let charter = Samples.charter(["classes", "routine", "quorum"], "1/100")
        var edited = try Forge(charter: charter, t: forge.t)
        try edited.enact(Samples.library(port: 9))
        let proposal = try openVote(&edited)
        #expect(edited.state.proposal(proposal)?.vote?.quorum == 2)
        let claim = try #require(edited.entries.last)
        try forge.propose(Followed.coveting, by: 1)
        forge.t = forge.state.quietUntil
        return lie(claim, "claims ", &forge)
    }

    private func replay(_ forge: inout Forge) throws -> String {
        let old = try forge.entries.compactMap { octets -> JSONValue? in
            let entry = try JSONValue(parsing: octets, form: .canonical)
            return entry["stmt"]?["act"]?.string == "ballot" ? entry : nil
        }
        #expect(old.count == 3)
        _ = try openVote(&forge)
        for entry in old {
            var again = try #require(entry.object)
            again["t"] = .integer(forge.t)
            #expect(Self.code(try forge.append(.object(again))) != nil)
        }
        return try close(&forge, yes: 3, no: 0, early: true)
    }

    private func hoard(_ forge: inout Forge) throws -> String {
        let proposal = try openVote(&forge)
        let hoarded = try ballot(&forge, proposal, by: 1, "yes")
        try forge.vote(proposal, by: 1, "no")
        #expect(Self.code(try forge.append(hoarded)) == .wrongReplaces)
        try forge.vote(proposal, by: 2, "yes")
        try forge.vote(proposal, by: 3, "no")
        return try close(&forge, yes: 2, no: 1)
    }

    private func changeBallot(_ forge: inout Forge) throws {
        let proposal = try openVote(&forge)
        try forge.vote(proposal, by: 1, "no")
        try forge.vote(proposal, by: 1, "yes")
        try forge.vote(proposal, by: 2, "yes")
        try forge.vote(proposal, by: 3, "no")
        try forge.settle()
    }

    private func logLate(_ forge: inout Forge) throws -> String {
        let (proposal, hoarded) = try hurriedBallot(&forge)
        forge.t += 2
        var late = try #require(hoarded.object)
        late["t"] = .integer(forge.t)
        #expect(Self.code(try forge.append(.object(late))) == .expired)
        try forge.vote(proposal, by: 2, "yes")
        return try close(&forge, yes: 2, no: 0)
    }

    private func logInTime(_ forge: inout Forge) throws {
        let (proposal, ballot) = try hurriedBallot(&forge)
        try forge.append(ballot)
        try forge.vote(proposal, by: 2, "yes")
        try forge.settle()
    }
}

extension Deed {
    static func code(_ verdict: Verdict) -> RefusalCode? {
        guard case .void(let refusal) = verdict else { return nil }
        return refusal.code
    }

    /// Appends what the rules do not allow.
    ///
    /// - Returns: What a reader says of it.
    func lie(_ octets: [UInt8], _ words: String, _ forge: inout Forge) -> String {
        forge.appendUnchecked(octets)
        return "entry \(forge.entries.count - 1): \(words)"
    }

    private func openVote(_ forge: inout Forge) throws -> Int {
        let proposal = try forge.propose(Followed.coveting, by: 1)
        try forge.advance(to: forge.state.quietUntil)
        return proposal
    }

    private func closes(_ forge: Forge, _ proposal: Int) throws -> Int64 {
        try #require(forge.state.proposal(proposal)?.vote?.closes)
    }

    private func ballot(
        _ forge: inout Forge, _ proposal: Int, by number: Int, _ choice: String
    ) throws -> JSONValue {
        let stmt = forge.statement(
            "ballot", by: number, forge.ballotMembers(proposal, by: number, choice))
        return try forge.entry(logging: stmt, signedBy: forge.keys[number - 1])
    }

    /// An open vote, and a ballot of member 1 that holds for a millisecond more.
    private func hurriedBallot(_ forge: inout Forge) throws -> (Int, JSONValue) {
        let proposal = try openVote(&forge)
        var members = forge.ballotMembers(proposal, by: 1, "yes")
        members["until"] = .integer(forge.t + 1)
        let stmt = forge.statement("ballot", by: 1, members)
        return (proposal, try forge.entry(logging: stmt, signedBy: forge.keys[0]))
    }

    func tick(_ t: Int64) -> [UInt8] {
        let tick: JSONValue = ["v": 1, "kind": "tick", "t": .integer(t)]
        return tick.canonicalOctets
    }

    /// Closes the last vote as carried, though the rules give no such tally.
    private func close(
        _ forge: inout Forge, yes: Int64, no: Int64, early: Bool = false
    ) throws -> String {
        let proposal = forge.state.proposals.count
        if !early { forge.t = try closes(forge, proposal) }
        let table = forge.state.documents.tableDigest.hex
        let claim: JSONValue = [
            "v": 1, "kind": "close", "t": .integer(forge.t), "proposal": .integer(Int64(proposal)),
            "yes": .integer(yes), "no": .integer(no), "abstain": 0, "outcome": "passed",
            "table": .string(table),
        ]
        let words = early ? "early: close \(proposal) is not due" : "claims "
        return lie(claim.canonicalOctets, words, &forge)
    }
}
