import CanonicalJSON
import Forge
import Governance
import Routing
import SSHSignature
import Testing

/// Admission, leaving, expulsion, keys, recovery.
@Suite struct MemberLifeTests {
    /// Keys of people who are no members yet.
    private static func newcomers(_ count: UInt8) throws -> [PrivateKey] {
        try (1...count).map { try Forge.foreignKey($0) }
    }

    @Test func `an admitted newcomer is a member and can do what members do`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        let keys = try Self.newcomers(1)
        try forge.enact([try forge.admission(of: keys)])
        forge.learn(keys[0])
        #expect(forge.state.electorCount(at: forge.t) == 4)
        try forge.propose(Samples.library, by: 4)
    }

    @Test func `a newcomer is an elector only after the tenure`() throws {
        var forge = try Forge(founders: 3, charter: Samples.charter(["tenure"], "60s"))
        let keys = try Self.newcomers(1)
        try forge.enact([try forge.admission(of: keys)])
        #expect(forge.state.electorCount(at: forge.t + 59_999) == 3)
        #expect(forge.state.electorCount(at: forge.t + 60_000) == 4)
    }

    @Test func `more than the cap wait and come later, first come first`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        try forge.enact([try forge.admission(of: try Self.newcomers(7))])
        #expect(forge.state.members.count == 10)
        #expect(forge.state.waiting == [9, 10])
        let due = forge.t + 60_000
        try forge.advance(to: due - 1)
        #expect(forge.state.waiting == [9, 10])
        try forge.advance(to: due)
        #expect(forge.state.waiting.isEmpty)
        #expect(forge.state.member(10)?.joined == due)
    }

    @Test func `who waits cannot act and does not count`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        let keys = try Self.newcomers(7)
        try forge.enact([try forge.admission(of: keys)])
        for key in keys { forge.learn(key) }
        let entry = try forge.signed("propose", by: 9, ["operations": .array(Samples.library)])
        #expect(try Situation(forge, entry).refusal?.code == .notJoined)
        #expect(forge.state.electorCount(at: forge.t) == 8)
    }

    @Test func `an admission needs two sponsors`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.propose([try forge.admission(of: try Self.newcomers(1))], by: 1)
        try forge.advance(to: forge.t + 1000)
        #expect(forge.state.proposal(number)?.status == .discussion)
        try forge.sponsor(number, by: 2)
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(number)?.status == .voting)
    }

    @Test(arguments: ["signature", "key", "twice", "log", "expired"])
    func `a join that is not the newcomer's own is refused at the door`(fault: String) throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let keys = try Self.newcomers(2)
        var admission = try forge.admission(of: keys)
        switch fault {
        case "signature":
            let other = try forge.admission(of: keys)
            admission = Samples.replacing(
                ["members"], in: admission,
                by: [
                    [
                        "stmt": admission["members"]?.array?.first?["stmt"] ?? [],
                        "sig": other["members"]?.array?.first?["sig"] ?? [],
                    ]
                ])
        case "key": admission = try forge.admission(of: [forge.keys[1]])
        case "twice": admission = try forge.admission(of: [keys[0], keys[0]])
        case "log":
            var elsewhere = try Forge(origin: "other.example/log", charter: Charter.demonstration)
            admission = try elsewhere.admission(of: keys)
        default: forge.t += 600_001
        }
        let refusal = #expect(throws: Forge.Fault.self) {
            try forge.propose([admission], by: 1)
        }
        #expect(refusal?.code == .planRefused)
    }

    @Test func `ballots of who left stand, and N stays`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        try forge.leave(3)
        #expect(forge.state.proposal(number)?.vote?.electors == 4)
        try forge.settle()
        #expect(forge.state.proposal(number)?.status == .enacted)
        #expect(forge.state.electorCount(at: forge.t) == 3)
    }

    @Test func `an expulsion counts its subject in N and takes no ballot of theirs`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote([["op": "expel", "member": 4]])
        let vote = try #require(forge.state.proposal(number)?.vote)
        #expect(vote.electors == 4)
        #expect(vote.changeClass == .constitutional)
        try forge.carry(number, by: 1...3)
        #expect(forge.state.member(4)?.expelled == true)
        #expect(forge.state.electorCount(at: forge.t) == 3)
    }

    @Test func `an expulsion leaves time for a reply`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.propose([["op": "expel", "member": 4]], by: 1)
        try forge.sponsor(number, by: 2)
        try forge.advance(to: forge.t + 1999)
        #expect(forge.state.proposal(number)?.status == .discussion)
        try forge.advance(to: forge.t + 1)
        #expect(forge.state.proposal(number)?.status == .voting)
    }

    @Test func `a retired key signs nothing any more, and nobody can take it up again`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let second = try Forge.foreignKey()
        try forge.append(try forge.enrolment(of: second, by: 1))
        try forge.retire(second.publicKey, by: 1)
        let stmt = forge.statement("propose", by: 1, ["operations": .array(Samples.library)])
        let entry = try forge.entry(logging: stmt, signedBy: second)
        #expect(try Situation(forge, entry).refusal?.code == .keyNotInForce)
        let again = try forge.enrolment(of: second, by: 2)
        #expect(try Situation(forge, again).refusal?.code == .keyInUse)
    }

    @Test func `ballots by a stolen key are taken out of open votes, and cast again`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let second = try Forge.foreignKey()
        try forge.append(try forge.enrolment(of: second, by: 1))
        let number = try forge.openVote()
        try forge.vote(number, by: 2, "yes")
        let stmt = forge.statement("ballot", by: 1, forge.ballotMembers(number, by: 1, "no"))
        try forge.append(try forge.entry(logging: stmt, signedBy: second))
        #expect(forge.state.proposal(number)?.vote?.tally == Tally(yes: 1, no: 1))
        try forge.retire(second.publicKey, by: 1, stolen: true)
        #expect(forge.state.proposal(number)?.vote?.tally == Tally(yes: 1))
        try forge.vote(number, by: 1, "yes")
        #expect(forge.state.proposal(number)?.vote?.tally == Tally(yes: 2))
    }

    @Test func `votes that closed stand when a key is found to be stolen`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        try forge.advance(to: forge.t + 4000)
        try forge.retire(forge.keys[0].publicKey, by: 1, stolen: true)
        try forge.settle()
        #expect(forge.state.proposal(number)?.status == .enacted)
    }

    @Test func `a recovery gives a new key in place of all others, by a vote without its subject`()
        throws
    {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let key = try Forge.foreignKey()
        let number = try forge.openVote([try forge.recovery(of: 4, with: key)])
        #expect(forge.state.proposal(number)?.vote?.electors == 3)
        try forge.carry(number, by: 1...3)
        #expect(forge.state.member(4)?.keys.map(\.key) == [key.publicKey])
        let old = try forge.signed("propose", by: 4, ["operations": .array(Samples.library)])
        #expect(try Situation(forge, old).refusal?.code == .keyNotInForce)
        forge.learn(key, of: 4)
        try forge.propose(Samples.library, by: 4)
    }

    @Test func `any statement of an old key ends a recovery`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote([try forge.recovery(of: 4, with: try Forge.foreignKey())])
        try forge.propose(Samples.library, by: 4)
        #expect(forge.state.proposal(number)?.status == .withdrawn)
    }

    @Test func `a recovery with a key that did not sign it is refused`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let one = try forge.recovery(of: 4, with: try Forge.foreignKey(1))
        let other = try forge.recovery(of: 4, with: try Forge.foreignKey(2))
        let mixed = Samples.replacing(["sig"], in: one, by: other["sig"] ?? [])
        let refusal = #expect(throws: Forge.Fault.self) { try forge.propose([mixed], by: 1) }
        #expect(refusal?.code == .planRefused)
    }
}
