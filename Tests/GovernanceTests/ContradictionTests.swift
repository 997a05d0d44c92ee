import CanonicalJSON
import Forge
import Governance
import LogReader
import Routing
import Testing
import TransparencyLog

/// What a council cannot claim: the reader stops at such an entry and keeps what it had.
@Suite struct ContradictionTests {
    private func contradiction(_ situation: Situation) throws -> Contradiction.Reason? {
        var replay = situation.replay
        let checked = try situation.checked
        let thrown = #expect(throws: Contradiction.self) { try replay.take(checked) }
        #expect(thrown?.index == situation.replay.state.entries)
        #expect(replay.state.digest == situation.replay.state.digest)
        #expect(replay.tree.root == situation.replay.tree.root)
        return thrown?.reason
    }

    @Test(arguments: DueCase.allCases, DueCase.otherEntries)
    func `any other entry at or past a due instant is overdue`(due: DueCase, other: String) throws {
        for late in [0, 1, 3_600_000] as [Int64] {
            var forge = try due.prepared()
            forge.t += late
            let transition = try #require(forge.state.firstDue(at: forge.t))
            #expect(transition.kind == due.kind)
            let entry = try DueCase.entry(other, &forge)
            let reason = try contradiction(Situation(forge, entry))
            let kind = try #require(entry["kind"]?.string)
            #expect(reason == .overdue(transition, found: kind))
        }
    }

    @Test(arguments: DueCase.awaited)
    func `a millisecond before the instant other entries are taken`(due: DueCase) throws {
        var forge = try due.prepared()
        forge.t -= 1
        for other in ["tick", "state", "ballot"] {
            try forge.append(try DueCase.entry(other, &forge))
        }
        #expect(forge.state.t == forge.t)
    }

    @Test(arguments: DueCase.awaited)
    func `a transition claimed a millisecond early is early`(due: DueCase) throws {
        let forge = try due.prepared()
        let transition = try #require(forge.state.firstDue(at: forge.t))
        let claim = forge.state.claim(for: transition, at: forge.t)
        let early = Samples.replacing(["t"], in: claim, by: .integer(forge.t - 1))
        let kind = try #require(claim["kind"]?.string.flatMap(ClaimKind.init(rawValue:)))
        let reason = try contradiction(Situation(forge, early))
        let proposal = transition.proposal == 0 ? nil : transition.proposal
        #expect(reason == .early(kind, proposal: proposal))
    }

    @Test(arguments: ClaimKind.allCases.filter { $0 != .tick && $0 != .state })
    func `a claim of what is not due at all is early`(kind: ClaimKind) throws {
        let forge = try Forge(charter: Charter.demonstration)
        var object = JSONObject()
        object["v"] = 1
        object["kind"] = .string(kind.rawValue)
        object["t"] = .integer(forge.t)
        let concernsNone: [ClaimKind] = [.constituted, .admit, .lift]
        object["proposal"] = concernsNone.contains(kind) ? nil : 1
        let reason = try contradiction(Situation(forge, .object(object)))
        #expect(reason == .early(kind, proposal: concernsNone.contains(kind) ? nil : 1))
    }

    @Test func `of two things due at once the first must come first`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        for _ in 1...2 { try forge.propose(Samples.library, by: 1) }
        forge.t += 1000
        let first = try #require(forge.state.firstDue(at: forge.t))
        #expect(first.proposal == 1)
        let claim = forge.state.claim(for: first, at: forge.t)
        let second = Samples.replacing(["proposal"], in: claim, by: 2)
        let reason = try contradiction(Situation(forge, second))
        #expect(reason == .overdue(first, found: "open"))
    }

    @Test(arguments: ClaimCase.allCases)
    func `each member of a claim must be what the rules give`(claim: ClaimCase) throws {
        let situation = try claim.situation()
        #expect(try situation.judged().verdict == .applied)
        let members = try #require(situation.entry.object?.members)
        let common: Set<String> = ["v", "kind", "t", "proposal"]
        for member in members where !common.contains(member.name) {
            let wrong = Samples.replacing(
                [member.name], in: situation.entry, by: ClaimCase.other(than: member.value))
            let reason = try contradiction(Situation(situation.replay, wrong))
            #expect(
                reason
                    == .wrongClaim(
                        member: member.name, expected: member.value.canonicalText,
                        found: ClaimCase.other(than: member.value).canonicalText))
        }
    }

    @Test(arguments: ClaimCase.allCases)
    func `a claim has no member more and none fewer`(claim: ClaimCase) throws {
        let situation = try claim.situation()
        let more = Samples.replacing(["zeal"], in: situation.entry, by: true)
        #expect(
            try contradiction(Situation(situation.replay, more))
                == .wrongClaim(member: "zeal", expected: "none", found: "true"))
        let common: Set<String> = ["v", "kind", "t", "proposal"]
        let members = try #require(situation.entry.object?.members)
        for member in members where !common.contains(member.name) {
            var fewer = try #require(situation.entry.object)
            fewer[member.name] = nil
            #expect(
                try contradiction(Situation(situation.replay, .object(fewer)))
                    == .wrongClaim(
                        member: member.name, expected: member.value.canonicalText, found: "none"))
        }
    }

    @Test(arguments: ["stale", "lapse"])
    func `whether it is enacted, stale or lapsed is not the council's choice`(kind: String) throws {
        let situation = try ClaimCase.enact.situation()
        let claim: JSONValue = [
            "v": 1, "kind": .string(kind), "t": situation.entry["t"] ?? 0, "proposal": 1,
        ]
        let reason = try contradiction(Situation(situation.replay, claim))
        #expect(
            reason
                == .wrongClaim(member: "kind", expected: "\"enact\"", found: "\"\(kind)\""))
    }

    @Test func `time does not fall, not even for a statement`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let before = forge.t
        forge.t -= 1
        for other in ["tick", "state", "ballot"] {
            let entry = try DueCase.entry(other, &forge)
            let reason = try contradiction(Situation(forge, entry))
            #expect(reason == .timeFell(from: before, to: before - 1))
        }
    }

    @Test func `a log that was refused an entry goes on with the right one`() throws {
        let situation = try ClaimCase.close.situation()
        let wrong = Samples.replacing(["yes"], in: situation.entry, by: 99)
        var replay = situation.replay
        let checked = try Situation(replay, wrong).checked
        #expect(throws: Contradiction.self) { try replay.take(checked) }
        let verdict = try replay.take(try situation.checked)
        #expect(verdict == .applied)
    }
}
