import CanonicalJSON
import Foundation
import Governance
import LogReader
import TestKit
import Testing
import TransparencyLog

/// The attacks on a vote that the rules answer, through the real API and log; beside each stands
/// the same without the fault, so that a rule that is off, or refuses everything, is noticed.
@Suite struct AttackTests {
    @Test func `left or expelled in mid-vote: ballots cast stand, N stays`() async throws {
        let community = try await Community(founders: 4, charter: Samples.lasting())
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let (ana, ben, leaver, expelled) = (citizens[0], citizens[1], citizens[3], citizens[2])
        let vote = try await ana.open(Samples.library(port: 9))
        for citizen in [leaver, expelled] { try await citizen.vote(vote, "yes") }
        try await leaver.hand(leaver.statement("leave", [:]))
        let expulsion = try await ana.open([["op": "expel", "member": 3]])
        let own = try await expelled.ballot(expulsion, "no")
        #expect(try await expelled.refusal("ballot", own) == "subject")
        for citizen in [ana, ben] { try await citizen.vote(expulsion, "yes") }
        // Its subject counts in N, so that it is not everybody's yes and lasts its time.
        try await ana.wait(expulsion, until: "enacted")
        for citizen in [leaver, expelled] {
            let late = try await citizen.ballot(vote, "no")
            #expect(try await citizen.refusal("ballot", late) == "no-longer-a-member")
        }
        let open = try await ana.proposal(vote)
        #expect(open["open"]?["electors"] == 4)
        #expect(open["tally"]?["yes"] == 2)
        for citizen in [ana, ben] { try await citizen.vote(vote, "yes") }
        // All four said yes: it closes at once, ballots of those who are gone included.
        try await ana.wait(vote, until: "enacted")
        let next = try await ana.open([Samples.backend("shelf", port: 9)])
        #expect(try await ana.proposal(next)["open"]?["electors"] == 2)
        try await council.stop()
        try await community.expectAudited()
    }

    @Test
    func `charter changed in mid-vote: open fixed the old one, another charter's base is stale`()
        async throws
    {
        let community = try await Community(charter: Samples.lasting())
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let ana = citizens[0]
        let vote = try await ana.open(Samples.library(port: 9))
        let before = try await ana.proposal(vote)["open"]
        let longer = Samples.lasting([(["classes", "sensitive", "voting"], "20m")])
        let slower = Samples.lasting([(["heartbeat"], "20s")])
        let operation = try await ana.charterOperation(slower)
        let first = try await ana.propose([try await ana.charterOperation(longer)])
        let second = try await citizens[1].propose([operation])
        for number in [first, second] {
            try await ana.wait(number, until: "voting")
            for citizen in citizens { try await citizen.vote(number, "yes") }
        }
        try await ana.wait(first, until: "enacted")
        try await ana.wait(second, until: "stale")
        let refused = try await ana.refusal("propose", ["operations": [operation]])
        #expect(refused == "plan-refused")
        #expect(try await ana.proposal(vote)["open"] == before)
        for citizen in citizens { try await citizen.vote(vote, "yes") }
        try await ana.wait(vote, until: "enacted")
        let after = try await ana.open([Samples.backend("shelf", port: 9)])
        #expect(try Self.period(before) == 600_000)
        #expect(try Self.period(try await ana.proposal(after)["open"]) == 1_200_000)
        // On the charter in force now the same change is a new question.
        _ = try await ana.propose([try await ana.charterOperation(slower)])
        try await council.stop()
        try await community.expectAudited()
    }

    private static func period(_ open: JSONValue?) throws -> Int64 {
        try #require(open?["closes"]?.integer) - (try #require(open?["t"]?.integer))
    }

    @Test func `operator picks, hoards or drops ballots: replaces, until, and others' hands`()
        async throws
    {
        let community = try await Community(charter: Samples.lasting())
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let (ana, ben) = (citizens[0], citizens[1])
        let vote = try await ana.open(Samples.library(port: 9))
        // Ana's first ballot is hoarded; she changes her mind, and then it turns up.
        let hoarded = try ana.request(ana.statement("ballot", try await ana.ballot(vote, "yes")))
        let second = try await ana.hand(
            ana.statement("ballot", try await ana.ballot(vote, "no")))
        #expect(try await ben.refusal(hoarded) == "wrong-replaces")
        let hurried = try await ana.ballot(vote, "yes").merging(
            ["replaces": try #require(second["hash"]), "until": .integer(Community.now - 1)]
        ) { $1 }
        #expect(try await ana.refusal("ballot", hurried) == "expired")
        #expect(try await ana.proposal(vote)["tally"] == ["yes": 0, "no": 1, "abstain": 0])
        // What the council will not take from Ana, Ben hands in, and cannot alter.
        var members = try await ana.ballot(vote, "yes")
        members["replaces"] = second["hash"]
        let stmt = ana.statement("ballot", members)
        let request = try ana.request(stmt)
        var altered = try #require(request.object)
        altered["stmt"] = Samples.replacing(["choice"], in: stmt, by: "abstain")
        #expect(try await ben.refusal(.object(altered)) == "bad-signature")
        let taken = try await ben.api.call("POST", "/statements", request)
        #expect(taken.status == 201)
        #expect(try await ana.proposal(vote)["tally"] == ["yes": 1, "no": 0, "abstain": 0])
        // Whoever hands it in gets the log key's word for it.
        let note = try #require(taken.json["ack"]?.string)
        let key = try VerifierKey(text: try community.pinned().key)
        let promise = try Acknowledgement(octets: Array(note.utf8), key: key)
        #expect(promise.statement == Digest(hashing: stmt.canonicalOctets))
        #expect(Int64(promise.time) == taken.json["t"]?.integer)
        try await council.stop()
        try await community.expectAudited()
    }

    @Test func `double vote, replay: one ballot in force an elector, one entry a statement`()
        async throws
    {
        let community = try await Community(charter: Samples.lasting())
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let ana = citizens[0]
        let vote = try await ana.open(Samples.library(port: 9))
        let request = try ana.request(ana.statement("ballot", try await ana.ballot(vote, "yes")))
        let first = try await ana.api.call("POST", "/statements", request)
        let again = try await citizens[1].api.call("POST", "/statements", request)
        #expect(first.status == 201)
        #expect(again.status == 200)
        #expect(first.json == again.json)
        let double = try await ana.ballot(vote, "yes")
        #expect(try await ana.refusal("ballot", double) == "wrong-replaces")
        let foreign = double.merging(["log": "other.example/log"]) { $1 }
        #expect(try await ana.refusal("ballot", foreign) == "wrong-log")
        #expect(try await ana.proposal(vote)["tally"]?["yes"] == 1)
        try await ana.vote(vote, "no", replacing: first.json["hash"])
        #expect(try await ana.proposal(vote)["tally"] == ["yes": 0, "no": 1, "abstain": 0])
        // Nor does the first one come back once it was replaced.
        let late = try await ana.api.call("POST", "/statements", request)
        #expect(late.json == first.json)
        #expect(try await ana.proposal(vote)["tally"]?["no"] == 1)
        // On another vote it is no ballot either, while a new one is.
        let other = try await ana.open([Samples.backend("shelf", port: 9)])
        try await ana.vote(other, "yes")
        #expect(try await ana.proposal(other)["tally"]?["yes"] == 1)
        try await council.stop()
        try await community.expectAudited()
    }

    @Test func `spam: slots, days and the wait of what was rejected`() async throws {
        let charter = Samples.lasting([
            (["limits", "votingPerMember"], 1), (["limits", "discussionPerMember"], 2),
            (["limits", "openVotes"], 2), (["limits", "statementsPerDay"], 10),
            (["limits", "rejectedReturns"], "10m"), (["limits", "remarksPerMember"], 10),
        ])
        let community = try await Community(charter: charter)
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let (ana, ben, cleo) = (citizens[0], citizens[1], citizens[2])
        let shelf = { (name: String) in [Samples.backend(name, port: 9)] }
        let first = try await ana.open(shelf("a"))
        let waiting = [try await ana.propose(shelf("b")), try await ana.propose(shelf("c"))]
        let third: [String: JSONValue] = ["operations": .array(shelf("d"))]
        #expect(try await ana.refusal("propose", third) == "too-many-proposals")
        // Ana has her vote; Ben's opens, and with it there are as many as may be open in all.
        let second = try await ben.open(shelf("e"))
        let last = try await cleo.propose(shelf("f"))
        try await Task.sleep(for: .seconds(2))
        for number in waiting + [last] {
            #expect(try await ana.proposal(number)["status"]?.string == "discussion")
        }
        try await ben.hand(ben.statement("withdraw", ["proposal": .integer(second)]))
        try await cleo.wait(last, until: "voting")
        // What is being voted down waits, whoever asks; what nobody was against does not.
        for citizen in [ben, cleo] { try await citizen.vote(first, "no") }
        try await ana.hand(ana.statement("withdraw", ["proposal": .integer(first)]))
        let rejected: [String: JSONValue] = ["operations": .array(shelf("a"))]
        #expect(try await cleo.refusal("propose", rejected) == "rejected-recently")
        _ = try await cleo.propose(shelf("e"))
        try await ana.wait(waiting[0], until: "voting")
        // With join, three proposals and a withdrawal Ana has five of ten for today.
        for _ in 1...5 { try await ana.hand(ana.statement("remark", Self.remark(last))) }
        let eleventh = try await ana.refusal("remark", Self.remark(last))
        #expect(eleventh == "too-many-statements")
        try await cleo.hand(cleo.statement("remark", Self.remark(last)))
        try await council.stop()
        try await community.expectAudited()
    }

    private static func remark(_ proposal: Int64) -> [String: JSONValue] {
        let reason = JSONValue.string(String(repeating: "0", count: 64))
        return ["proposal": .integer(proposal), "concern": "cost", "reason": reason]
    }
}
