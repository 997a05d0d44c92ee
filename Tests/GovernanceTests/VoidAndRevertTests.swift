import CanonicalJSON
import Forge
import Governance
import Routing
import Testing

/// Stopping what carried, and putting back what was in force before.
@Suite struct VoidAndRevertTests {
    /// Proposal 1 waits in the queue, by three of four.
    private func queued() throws -> Forge {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        try forge.advance(to: forge.t + 4000)
        try #require(forge.state.proposal(number)?.status == .queued)
        return forge
    }

    private static func void(_ number: Int64) -> [JSONValue] {
        [["op": "void", "proposal": .integer(number)]]
    }

    private static func revert(_ number: Int64) -> [JSONValue] {
        [["op": "revert", "proposal": .integer(number)]]
    }

    @Test func `a vote to void opens at once and holds the enactment back`() throws {
        var forge = try queued()
        let void = try forge.propose(Self.void(1), by: 2)
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(void)?.status == .voting)
        try forge.advance(to: forge.t + 3999)
        #expect(forge.state.proposal(1)?.status == .queued)
    }

    @Test func `a carried void ends the proposal without an effect`() throws {
        var forge = try queued()
        let void = try forge.propose(Self.void(1), by: 2)
        try forge.advance(to: forge.t)
        try forge.carry(void, by: 2...4)
        #expect(forge.state.proposal(void)?.status == .enacted)
        #expect(forge.state.proposal(1)?.status == .void)
        #expect(forge.state.documents.documents.isEmpty)
    }

    @Test func `a void that fails lets the proposal go on from there`() throws {
        var forge = try queued()
        let void = try forge.propose(Self.void(1), by: 2)
        try forge.advance(to: forge.t)
        let closes = try #require(forge.state.proposal(void)?.vote?.closes)
        try forge.vote(void, by: 2, "yes")
        try forge.advance(to: closes - 1)
        #expect(forge.state.proposal(1)?.status == .queued)
        try forge.advance(to: closes)
        #expect(forge.state.proposal(void)?.status == .noQuorum)
        #expect(forge.state.proposal(1)?.status == .enacted)
    }

    @Test func `a void needs the yes votes of what it voids, and more yes than no`() throws {
        var forge = try queued()
        let void = try forge.propose(Self.void(1), by: 2)
        try forge.advance(to: forge.t)
        let vote = try #require(forge.state.proposal(void)?.vote)
        #expect(vote.quorum == forge.state.proposal(1)?.vote?.quorum)
        #expect(vote.margin == 1)
    }

    @Test func `there is one vote to void a proposal, ever`() throws {
        var forge = try queued()
        let first = try forge.propose(Self.void(1), by: 2)
        try forge.advance(to: forge.t)
        try forge.withdraw(first, by: 2)
        let refusal = #expect(throws: Forge.Fault.self) {
            try forge.propose(Self.void(1), by: 3)
        }
        #expect(refusal?.code == .planRefused)
    }

    @Test func `a void needs no slot`() throws {
        let charter = Samples.charter(["limits", "votingPerMember"], 1)
        var forge = try Forge(founders: 4, charter: charter)
        let number = try forge.openVote(by: 1)
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        try forge.advance(to: forge.t + 4000)
        try forge.propose([Samples.backend("archive")], by: 2)
        try forge.advance(to: forge.t + 1000)
        let void = try forge.propose(Self.void(1), by: 2)
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(void)?.status == .voting)
    }

    @Test func `a revert puts back exactly the documents before, by a routine vote at once`() throws
    {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        try forge.enact(Samples.library)
        let before = forge.state.documents.tableDigest
        let changed = Samples.route(
            "library", host: "library.example", to: [("catalogue", 1)], path: "/new")
        let number = try forge.enact([changed])
        try #require(forge.state.documents.tableDigest != before)
        let revert = try forge.propose(Self.revert(Int64(number)), by: 3)
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(revert)?.vote?.changeClass == .routine)
        #expect(forge.state.proposal(revert)?.vote?.delay == 0)
        try forge.carry(revert, by: 1...4)
        #expect(forge.state.documents.tableDigest == before)
        #expect(forge.state.proposal(number)?.status == .reverted)
    }

    @Test func `reverting what was new takes it out of force`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.enact(Samples.library)
        try forge.enact(Self.revert(Int64(number)))
        #expect(forge.state.documents.documents.isEmpty)
    }

    @Test func `what changed since is not reverted`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.enact(Samples.library)
        try forge.enact([Samples.backend("catalogue", port: 9002)])
        let refusal = #expect(throws: Forge.Fault.self) {
            try forge.propose(Self.revert(Int64(number)), by: 1)
        }
        #expect(refusal?.code == .planRefused)
    }

    @Test func `a revert is proposed within its time, and not a moment later`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.enact(Samples.library)
        let enacted = forge.t
        forge.t = enacted + 3_600_000
        let entry = try forge.signed(
            "propose", by: 1, ["operations": .array(Self.revert(Int64(number)))])
        #expect(try Situation(forge, entry).refusal == nil)
        forge.t += 1
        let late = try forge.signed(
            "propose", by: 1, ["operations": .array(Self.revert(Int64(number)))])
        #expect(try Situation(forge, late).refusal?.code == .planRefused)
    }

    @Test func `what nothing is left of is superseded`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.enact(Samples.library)
        try forge.enact([Samples.backend("catalogue", port: 9002)])
        #expect(forge.state.proposal(number)?.status == .enacted)
        try forge.enact([["op": "delete", "kind": "HTTPRoute", "name": "library"]])
        #expect(forge.state.proposal(number)?.status == .superseded)
    }
}
