import CanonicalJSON
import Forge
import Governance
import Routing
import Testing

/// Late swings and outages.
@Suite struct TimeRuleTests {
    /// Votes on proposal 1 for whose quorum one yes is wanting.
    private func almost() throws -> Forge {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote()
        for member in 1...2 { try forge.vote(number, by: member, "yes") }
        return forge
    }

    @Test func `an outcome that turns in the last quarter extends the vote by a quarter`() throws {
        var forge = try almost()
        let closes = try #require(forge.state.proposal(1)?.vote?.closes)
        try forge.advance(to: closes - 1000)
        try forge.vote(1, by: 3, "yes")
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(1)?.vote?.closes == closes + 1000)
        #expect(forge.state.proposal(1)?.vote?.isExtended == true)
    }

    @Test func `one that turns a millisecond before the last quarter does not`() throws {
        var forge = try almost()
        let closes = try #require(forge.state.proposal(1)?.vote?.closes)
        try forge.advance(to: closes - 1001)
        try forge.vote(1, by: 3, "yes")
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(1)?.vote?.closes == closes)
    }

    @Test func `a vote is extended once`() throws {
        var forge = try almost()
        let closes = try #require(forge.state.proposal(1)?.vote?.closes)
        try forge.advance(to: closes - 1)
        for choice in ["yes", "no", "yes"] {
            try forge.vote(1, by: 3, choice)
            try forge.advance(to: forge.t)
        }
        #expect(forge.state.proposal(1)?.vote?.closes == closes + 1000)
    }

    @Test func `a late ballot that turns nothing extends nothing`() throws {
        var forge = try almost()
        let closes = try #require(forge.state.proposal(1)?.vote?.closes)
        try forge.advance(to: closes - 1)
        try forge.vote(1, by: 3, "no")
        try forge.advance(to: forge.t)
        #expect(forge.state.proposal(1)?.vote?.closes == closes)
    }

    @Test func `an outage is added to the votes that it struck`() throws {
        var forge = try almost()
        let closes = try #require(forge.state.proposal(1)?.vote?.closes)
        // Half of the period, 2 s, is the most that outages add.
        forge.t += 30_001
        #expect(forge.state.firstDue(at: forge.t)?.kind == .close)
        var short = try almostSlow()
        let later = try #require(short.state.proposal(1)?.vote?.closes)
        short.t += 40_000
        try short.vote(1, by: 3, "no")
        #expect(short.state.proposal(1)?.vote?.closes == later + 40_000)
        #expect(short.state.proposal(1)?.vote?.outage == 40_000)
        #expect(closes < later)
    }

    @Test func `outages add half of the period at most, all together`() throws {
        var forge = try almostSlow()
        let closes = try #require(forge.state.proposal(1)?.vote?.closes)
        for _ in 1...3 {
            forge.t += 40_000
            try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
        }
        #expect(forge.state.proposal(1)?.vote?.closes == closes + 100_000)
    }

    @Test func `three heartbeats without an entry are no outage`() throws {
        var forge = try almostSlow()
        let closes = try #require(forge.state.proposal(1)?.vote?.closes)
        forge.t += 30_000
        try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
        #expect(forge.state.proposal(1)?.vote?.closes == closes)
    }

    @Test func `an entry that is refused after an outage leaves the time as it was`() throws {
        var forge = try almostSlow()
        let before = forge.state.digest
        forge.t += 40_000
        let wrong: JSONValue = [
            "v": 1, "kind": "tick", "t": .integer(forge.t), "zeal": true,
        ]
        #expect(throws: Contradiction.self) { try forge.append(wrong) }
        #expect(forge.state.digest == before)
    }

    /// The same with votes of 200 s.
    private func almostSlow() throws -> Forge {
        let charter = Samples.charter(["classes", "sensitive", "voting"], "200s")
        var forge = try Forge(founders: 4, charter: charter)
        let number = try forge.openVote()
        for member in 1...2 { try forge.vote(number, by: member, "yes") }
        return forge
    }
}
