import CanonicalJSON
import Forge
import Governance
import Routing
import Testing

/// What stewards may do without a vote, for how long, and what it costs them.
@Suite struct EmergencyTests {
    private static let route = DocumentKey(kind: .route, name: "library")

    /// A community with a route in force; founders are its stewards.
    private static func serving(founders: Int = 5) throws -> Forge {
        var forge = try Forge(founders: founders, charter: Charter.demonstration)
        try forge.enact(Samples.library)
        return forge
    }

    @Test func `one steward disables a route for the charter's time, and it ends by itself`() throws
    {
        var forge = try Self.serving()
        let before = forge.state.documents.tableDigest
        try forge.disable("library", by: 2)
        let ends = forge.t + 10_000
        #expect(forge.state.overlays.emergency(on: Self.route)?.until == ends)
        #expect(forge.state.documents.overlays.count == 1)
        #expect(forge.state.documents.tableDigest != before)
        try forge.advance(to: ends - 1)
        #expect(forge.state.documents.overlays.count == 1)
        try forge.advance(to: ends)
        #expect(forge.state.documents.overlays.isEmpty)
        #expect(forge.state.documents.tableDigest == before)
    }

    @Test func `an end that is due comes before anything else`() throws {
        var forge = try Self.serving()
        try forge.disable("library", by: 2)
        forge.t += 10_000
        let tick: JSONValue = ["v": 1, "kind": "tick", "t": .integer(forge.t)]
        let fault = #expect(throws: Contradiction.self) { try Situation(forge, tick).judged() }
        #expect("\(fault.map { "\($0)" } ?? "")".contains("overdue: lift"))
    }

    @Test func `two stewards together let it last until a vote that opens at once`() throws {
        var forge = try Self.serving()
        try forge.disable("library", by: 2)
        try forge.disable("library", by: 3)
        #expect(forge.state.overlays.emergency(on: Self.route)?.until == nil)
        try forge.advance(to: forge.t)
        let confirm = try #require(forge.state.proposals.last)
        #expect(confirm.by == 0)
        #expect(confirm.sponsors == [2, 3])
        #expect(confirm.status == .voting)
        #expect(confirm.vote?.changeClass == .routine)
        try forge.advance(to: forge.t + 3999)
        #expect(forge.state.documents.overlays.count == 1)
    }

    @Test func `a vote that does not carry ends it, and its stewards lose the power`() throws {
        var forge = try Self.serving()
        try forge.disable("library", by: 2)
        try forge.disable("library", by: 3)
        try forge.advance(to: forge.t)
        try forge.vote(2, by: 1, "no")
        try forge.settle()
        #expect(forge.state.proposal(2)?.status == .noQuorum)
        #expect(forge.state.documents.overlays.isEmpty)
        #expect(forge.state.stewards(at: forge.t) == [1, 4, 5])
        let again = try forge.signed("emergency", by: 2, ["disable": "library"])
        #expect(try Situation(forge, again).refusal?.code == .notASteward)
        let later = forge.t + 3_600_000
        #expect(forge.state.stewards(at: later) == [1, 2, 3, 4, 5])
    }

    @Test func `a vote that carries lets it last for the charter's time`() throws {
        var forge = try Self.serving()
        try forge.disable("library", by: 2)
        try forge.disable("library", by: 3)
        try forge.advance(to: forge.t)
        try forge.carry(2, by: 1...5)
        let state = forge.state
        #expect(state.proposal(2)?.status == .enacted)
        #expect(state.documents.overlays.isEmpty)
        let closed = try #require(state.proposal(2)?.closing)
        #expect(forge.t == closed.t + 3_600_000)
        #expect(forge.state.stewards(at: forge.t) == [1, 2, 3, 4, 5])
    }

    @Test func `what was in force may be restored, and nothing else`() throws {
        var forge = try Self.serving()
        let old = try #require(Samples.library[1]["document"])
        let new = Samples.route("library", host: "other.example", to: [("catalogue", 1)])
        try forge.enact([new])
        try forge.restore(old, by: 1)
        #expect(forge.state.documents.overlays.first?.key == Self.route)
        let stranger = Samples.route("library", host: "evil.example", to: [("catalogue", 1)])
        let document = try #require(stranger["document"])
        let entry = try forge.signed("emergency", by: 2, ["restore": document])
        #expect(try Situation(forge, entry).refusal?.code == .unknownDocument)
    }

    @Test func `what a vote put back from is not restored`() throws {
        var forge = try Self.serving()
        let new = Samples.route("library", host: "other.example", to: [("catalogue", 1)])
        let number = try forge.enact([new])
        try forge.enact([["op": "revert", "proposal": .integer(Int64(number))]])
        let document = try #require(new["document"])
        let entry = try forge.signed("emergency", by: 2, ["restore": document])
        #expect(try Situation(forge, entry).refusal?.code == .unknownDocument)
    }

    @Test func `a route whose backend is gone cannot be restored`() throws {
        var forge = try Self.serving()
        let old = try #require(Samples.library[1]["document"])
        try forge.enact([
            ["op": "delete", "kind": "HTTPRoute", "name": "library"],
            ["op": "delete", "kind": "Backend", "name": "catalogue"],
        ])
        let entry = try forge.signed("emergency", by: 2, ["restore": old])
        #expect(try Situation(forge, entry).refusal?.code == .planRefused)
        let backend = try #require(Samples.library[0]["document"])
        try forge.restore(backend, by: 2)
        try forge.restore(old, by: 2)
        #expect(forge.state.documents.overlays.count == 2)
    }

    @Test func `a decision on the document that was voted on afterwards ends it`() throws {
        var forge = try Self.serving(founders: 12)
        let other = Samples.route("library", host: "other.example", to: [("catalogue", 1)])
        let early = try forge.openVote([other])
        for member in 1...11 { try forge.vote(early, by: member, "yes") }
        try forge.disable("library", by: 3)
        try forge.advance(to: forge.t + 6000)
        #expect(forge.state.proposal(early)?.status == .enacted)
        #expect(forge.state.documents.overlays.count == 1)
        try forge.enact(Array(Samples.library[1...]))
        #expect(forge.state.documents.overlays.isEmpty)
    }

    @Test func `an election replaces the stewards, and a term ends`() throws {
        var forge = try Self.serving()
        try forge.enact([["op": "stewards", "members": [4, 5]]])
        #expect(forge.state.stewards(at: forge.t) == [4, 5])
        let election = try #require(forge.state.overlays.election)
        #expect(forge.state.stewards(at: election.until) == [1, 2, 3, 4, 5])
        try forge.leave(4)
        #expect(forge.state.stewards(at: forge.t) == [1, 2, 3, 5])
    }

    @Test func `nobody can propose what only stewards bring about`() throws {
        var forge = try Self.serving()
        try forge.disable("library", by: 2)
        let overlay = try #require(forge.state.overlays.up.first).overlay.index
        let operation: JSONValue = ["op": "confirm", "overlay": .integer(Int64(overlay))]
        let entry = try forge.signed("propose", by: 1, ["operations": [operation]])
        #expect(throws: EntryFault.self) { try Situation(forge, entry).checked }
    }

    @Test func `nobody can take back or revise what stewards brought about`() throws {
        var forge = try Self.serving()
        try forge.disable("library", by: 2)
        try forge.disable("library", by: 3)
        let entry = try forge.signed("withdraw", by: 3, ["proposal": 2])
        #expect(try Situation(forge, entry).refusal?.code == .notTheProposer)
    }
}
