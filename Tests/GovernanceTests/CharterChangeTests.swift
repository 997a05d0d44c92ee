import CanonicalJSON
import Forge
import Governance
import Routing
import Testing

/// The charter is changed by the charter's own rules.
@Suite struct CharterChangeTests {
    private static func operation(
        _ forge: Forge, _ path: [String], _ value: JSONValue
    ) -> JSONValue {
        [
            "op": "charter", "base": .string(forge.state.charter?.digest.hex ?? ""),
            "charter": Samples.replacing(
                path[...], in: forge.state.charter?.value ?? [], by: value),
        ]
    }

    @Test func `a carried charter is in force from its enactment on`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let number = try forge.openVote([Self.operation(forge, ["heartbeat"], "20s")])
        #expect(forge.state.proposal(number)?.vote?.changeClass == .constitutional)
        try forge.carry(number, by: 1...4)
        #expect(forge.state.charter?.heartbeat.milliseconds == 20_000)
    }

    @Test func `not even everybody's yes makes a charter close early`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        let number = try forge.openVote([Self.operation(forge, ["heartbeat"], "20s")])
        let closes = try #require(forge.state.proposal(number)?.vote?.closes)
        for member in 1...3 { try forge.vote(number, by: member, "yes") }
        try forge.advance(to: closes - 1)
        #expect(forge.state.proposal(number)?.status == .voting)
        try forge.advance(to: closes + 1999)
        #expect(forge.state.proposal(number)?.status == .queued)
    }

    @Test func `an open vote keeps the rules under which it opened`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let change = try forge.openVote(
            [Self.operation(forge, ["classes", "sensitive", "margin"], 10)], by: 1)
        for member in 1...4 { try forge.vote(change, by: member, "yes") }
        try forge.advance(to: forge.t + 4000)
        try forge.propose(Samples.library, by: 2)
        try forge.advance(to: forge.t + 1000)
        let vote = try #require(forge.state.proposal(2)?.vote)
        try forge.advance(to: forge.t + 1500)
        try #require(forge.state.proposal(change)?.status == .enacted)
        #expect(forge.state.charter?.rules(for: .sensitive).margin == 10)
        #expect(forge.state.proposal(2)?.vote?.margin == vote.margin)
    }

    @Test func `a charter whose base has changed is stale`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let first = try forge.openVote([Self.operation(forge, ["heartbeat"], "20s")], by: 1)
        let second = try forge.openVote([Self.operation(forge, ["heartbeat"], "30s")], by: 2)
        for member in 1...4 {
            try forge.vote(first, by: member, "yes")
            try forge.vote(second, by: member, "yes")
        }
        try forge.settle()
        #expect(forge.state.proposal(first)?.status == .enacted)
        #expect(forge.state.proposal(second)?.status == .stale)
    }

    @Test func `a charter that the code does not allow cannot be written down`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let entry = try forge.signed(
            "propose", by: 1, ["operations": [Self.operation(forge, ["lateSwing"], "2/3")]])
        let fault = #expect(throws: EntryFault.self) {
            try CheckedEntry(octets: entry.canonicalOctets)
        }
        #expect(fault?.description.contains("/operations/0/charter/lateSwing") == true)
    }

    @Test func `what has periods of its own stands alone`() throws {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        let operations = [Self.operation(forge, ["heartbeat"], "20s"), Samples.backend("archive")]
        let entry = try forge.signed("propose", by: 1, ["operations": .array(operations)])
        let fault = #expect(throws: EntryFault.self) {
            try CheckedEntry(octets: entry.canonicalOctets)
        }
        #expect(fault?.description.contains("stands alone") == true)
    }
}
