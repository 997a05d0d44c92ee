import CanonicalJSON
import Forge
import Governance
import Routing
import Testing

/// The way of a proposal, by the demonstration's periods: 1 s discussion, 4 s voting, 2 s delay.
@Suite struct ProposalLifeTests {
    @Test func `a carried proposal is enacted after its delay and not before`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote()
        let opened = try #require(forge.state.proposal(number)?.vote)
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        try forge.advance(to: opened.closes - 1)
        #expect(forge.state.proposal(number)?.status == .voting)
        try forge.advance(to: opened.closes)
        #expect(forge.state.proposal(number)?.status == .queued)
        try forge.advance(to: opened.closes + 1999)
        #expect(forge.state.documents.documents.isEmpty)
        try forge.advance(to: opened.closes + 2000)
        #expect(forge.state.proposal(number)?.status == .enacted)
        #expect(
            forge.state.documents.documents.map { $0.key.kind.rawValue + "/" + $0.key.name }
                == ["Backend/catalogue", "HTTPRoute/library"])
    }

    @Test func `one yes too few is no quorum and changes nothing`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote()
        let vote = try #require(forge.state.proposal(number)?.vote)
        #expect(vote.quorum == 3)
        for member in 1...2 { try forge.vote(number, by: member, "yes") }
        try forge.advance(to: vote.closes)
        #expect(forge.state.proposal(number)?.status == .noQuorum)
        #expect(forge.state.documents.documents.isEmpty)
    }

    @Test func `a no weighs twice in a sensitive vote`() throws {
        var forge = try Forge(founders: 5, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        for member in 4...5 { try forge.vote(number, by: member, "no") }
        try forge.settle()
        #expect(forge.state.proposal(number)?.status == .failed)
    }

    @Test func `everybody's yes closes at once and waits for no delay`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(number)?.status == .enacted)
    }

    @Test func `a ballot may be changed until the close, and the last one counts`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...2 { try forge.vote(number, by: member, "yes") }
        try forge.vote(number, by: 2, "no")
        #expect(forge.state.proposal(number)?.vote?.tally == Tally(yes: 1, no: 1))
        try forge.settle()
        #expect(forge.state.proposal(number)?.status == .noQuorum)
    }

    @Test func `too few sponsors keep a proposal in discussion until it expires`() throws {
        var forge = try Forge(founders: 10, charter: Charter.demonstration)
        let number = try forge.propose(Samples.library, by: 1)
        #expect(forge.state.charter?.sponsorsNeeded(of: 10) == 2)
        try forge.advance(to: forge.t + 599_999)
        #expect(forge.state.proposal(number)?.status == .discussion)
        try forge.advance(to: forge.t + 1)
        #expect(forge.state.proposal(number)?.status == .expired)
    }

    @Test func `the electorate is frozen when the vote opens`() throws {
        var forge = try Forge(founders: 5, charter: Charter.demonstration, joined: 4)
        let number = try forge.openVote()
        try forge.join(5)
        #expect(forge.state.proposal(number)?.vote?.electors == 4)
        let refusal = #expect(throws: Forge.Fault.self) {
            try forge.vote(number, by: 5, "yes")
        }
        #expect(refusal?.code == .notAnElector)
    }

    @Test func `a proposal whose effect changed meanwhile is stale`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        try forge.enact(Samples.library)
        let weights = [
            Samples.route("library", host: "library.example", to: [("catalogue", 5)])
        ]
        let removal: [JSONValue] = [
            ["op": "delete", "kind": "HTTPRoute", "name": "library"]
        ]
        let first = try forge.openVote(removal, by: 1)
        let second = try forge.openVote(weights, by: 2)
        for member in 1...3 {
            try forge.vote(first, by: member, "yes")
            try forge.vote(second, by: member, "yes")
        }
        try forge.settle()
        #expect(forge.state.proposal(first)?.status == .enacted)
        #expect(forge.state.proposal(second)?.status == .stale)
    }

    @Test func `an enactment that comes later than apply-by lapses`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        let vote = try #require(forge.state.proposal(number)?.vote)
        try forge.advance(to: vote.closes)
        // An hour after the delay, and half a period for the outage.
        forge.t = vote.closes + 2000 + 3_600_000 + 2000 + 1
        let due = try #require(forge.state.firstDue(at: forge.t))
        try forge.append(forge.state.claim(for: due, at: forge.t))
        #expect(forge.state.proposal(number)?.status == .lapsed)
    }

    @Test func `what was voted down comes back only after its time`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...2 { try forge.vote(number, by: member, "no") }
        try forge.settle()
        #expect(forge.state.proposal(number)?.status == .noQuorum)
        let refusal = #expect(throws: Forge.Fault.self) {
            try forge.propose(Samples.library, by: 2)
        }
        #expect(refusal?.code == .rejectedRecently)
        try forge.advance(to: forge.t + 5000)
        try forge.propose(Samples.library, by: 2)
    }

    @Test func `nothing is proposed before enough founders joined`() throws {
        var forge = try Forge(founders: 5, charter: Charter.demonstration, joined: 2)
        #expect(!forge.state.hasBegun)
        let refusal = #expect(throws: Forge.Fault.self) {
            try forge.propose(Samples.library, by: 1)
        }
        #expect(refusal?.code == .notBegun)
        try forge.join(3)
        #expect(forge.state.hasBegun)
        try forge.propose(Samples.library, by: 1)
    }
}
