import CanonicalJSON
import Forge
import Governance
import Routing
import Testing

/// Revising, withdrawing, remarking, and asking anew for what was stale.
@Suite struct RevisionTests {
    private static let other = [Samples.backend("archive")]

    @Test func `another payload drops the sponsors and begins the discussion anew`() throws {
        var forge = try Forge(founders: 10, charter: Charter.demonstration)
        let number = try forge.propose(Samples.library, by: 1)
        try forge.sponsor(number, by: 2)
        try forge.advance(to: forge.t + 900)
        try forge.revise(number, Self.other, by: 1)
        #expect(forge.state.proposal(number)?.sponsors == [1])
        #expect(forge.state.proposal(number)?.revision == 2)
        try forge.sponsor(number, by: 3)
        try forge.advance(to: forge.t + 999)
        #expect(forge.state.proposal(number)?.status == .discussion)
        try forge.advance(to: forge.t + 1)
        #expect(forge.state.proposal(number)?.status == .voting)
    }

    @Test func `the same payload keeps the sponsors and the time`() throws {
        var forge = try Forge(founders: 10, charter: Charter.demonstration)
        let number = try forge.propose(Samples.library, by: 1)
        try forge.sponsor(number, by: 2)
        try forge.advance(to: forge.t + 900)
        try forge.revise(number, Samples.library, by: 1)
        #expect(forge.state.proposal(number)?.sponsors == [1, 2])
        try forge.advance(to: forge.t + 100)
        #expect(forge.state.proposal(number)?.status == .voting)
    }

    @Test func `what is voted on is the last revision`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.propose(Samples.library, by: 1)
        try forge.revise(number, Self.other, by: 1)
        try forge.advance(to: forge.t + 1000)
        try forge.carry(number, by: 1...3)
        #expect(forge.state.documents.documents.map(\.key.text) == ["Backend/archive"])
    }

    @Test func `a proposal in voting is not revised`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let refusal = #expect(throws: Forge.Fault.self) {
            try forge.revise(number, Self.other, by: 1)
        }
        #expect(refusal?.code == .notInDiscussion)
    }

    @Test func `a withdrawn proposal is never enacted, not even from the queue`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        try forge.advance(to: forge.t + 4000)
        try #require(forge.state.proposal(number)?.status == .queued)
        try forge.withdraw(number, by: 1)
        try forge.settle()
        #expect(forge.state.proposal(number)?.status == .withdrawn)
        #expect(forge.state.documents.documents.isEmpty)
    }

    @Test func `withdrawing a vote that is being lost does not spare it the wait`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        try forge.vote(number, by: 2, "no")
        try forge.withdraw(number, by: 1)
        let refusal = #expect(throws: Forge.Fault.self) {
            try forge.propose(Samples.library, by: 1)
        }
        #expect(refusal?.code == .rejectedRecently)
    }

    @Test func `a ballot on a withdrawn vote comes too late`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        let late = try forge.ballot(number, by: 2)
        try forge.withdraw(number, by: 1)
        #expect(try Situation(forge, late).refusal?.code == .votingClosed)
    }

    @Test func `sponsors of a stale proposal stand behind it when it is asked for anew`() throws {
        var (forge, operations) = try Provocation.withStaleProposal()
        try #require(forge.state.proposal(3)?.status == .stale)
        try forge.log(
            forge.statement(
                "propose", by: 2, ["operations": .array(operations), "refiles": 3]), by: 2)
        let sponsors = try #require(forge.state.proposal(3)?.sponsors)
        #expect(forge.state.proposal(4)?.sponsors == sponsors)
        #expect(forge.state.proposal(4)?.refiles == 3)
    }

    @Test func `a stale proposal is asked for anew once`() throws {
        var (forge, operations) = try Provocation.withStaleProposal()
        let members: [String: JSONValue] = ["operations": .array(operations), "refiles": 3]
        try forge.log(forge.statement("propose", by: 2, members), by: 2)
        let again = try forge.signed("propose", by: 2, members)
        #expect(try Situation(forge, again).refusal?.code == .notRefilable)
    }

    @Test func `a motion is carried and changes nothing`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let before = forge.state.documents.tableDigest
        let text = ContentDigest(of: [1]).hex
        let number = try forge.openVote([["op": "motion", "text": .string(text)]])
        #expect(forge.state.proposal(number)?.vote?.changeClass == .routine)
        try forge.carry(number, by: 1...3)
        #expect(forge.state.proposal(number)?.status == .enacted)
        #expect(forge.state.documents.tableDigest == before)
    }
}
