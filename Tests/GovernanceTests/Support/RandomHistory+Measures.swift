import CanonicalJSON
import Forge
import Governance
import Routing
import SSHSignature
import TestKit
import TransparencyLog

/// What members do beside routes and votes.
extension RandomHistory {
    private func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }

    private mutating func anyProposal() -> Int {
        Int.random(in: 1...(forge.state.proposals.count + 1), using: &random)
    }

    private mutating func propose(
        _ operations: [JSONValue], refiles: Int? = nil, by proposer: Int? = nil
    ) throws {
        var members: [String: JSONValue] = ["operations": .array(operations)]
        members["refiles"] = refiles.map { number($0) }
        try log(try forge.signed("propose", by: proposer ?? member(), members))
    }

    /// Newcomers, expulsions, recoveries, motions, other charters, and what was stale anew.
    mutating func proposeMeasure() throws {
        switch Int.random(in: 0..<10, using: &random) {
        case 8: try propose([electionOfStewards()])
        case 9:
            let key = UInt8.random(in: 1...3, using: &random)
            let next = try SignerKey(
                name: forge.state.origin, seed: [UInt8](repeating: key, count: 32))
            try propose([try forge.logKeyChange(to: next)])
        case 0...1, 6: try propose([try admission()])
        case 2: try propose([["op": "expel", "member": number(member())]])
        case 3:
            let key = try Forge.foreignKey(UInt8.random(in: 100...120, using: &random))
            try propose([try forge.recovery(of: member(), with: key)])
        case 4:
            let text = ContentDigest(of: random.octets(4)).hex
            try propose([["op": "motion", "text": .string(text)], Samples.backend("red")])
        case 5: try propose([try charter()])
        default: try refile()
        }
    }

    private mutating func electionOfStewards() -> JSONValue {
        let numbers = Set((0..<3).map { _ in member() }).sorted()
        let members = numbers.prefix(Int.random(in: 0...3, using: &random))
        return ["op": "stewards", "members": .array(members.map { number($0) })]
    }

    /// Between one newcomer and one more than a proposal may have.
    private mutating func admission() throws -> JSONValue {
        let first = UInt8.random(in: 30...90, using: &random)
        let count = UInt8.random(in: 1...4, using: &random)
        return try forge.admission(of: try (0..<count).map { try Forge.foreignKey(first + $0) })
    }

    /// Another heartbeat, late swing or period, on the base in force or on an old one.
    private mutating func charter() throws -> JSONValue {
        let current = forge.state.charter?.value ?? [:]
        let (field, value): ([String], JSONValue) =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: (["heartbeat"], "9s")
            case 1: (["lateSwing"], "1/2")
            case 2: (["classes", "sensitive", "voting"], "5s")
            default: (["revert", "within"], "20s")
            }
        let isOld = Int.random(in: 0..<6, using: &random) < 3
        let base = isOld ? ContentDigest(of: []) : forge.state.charter?.digest
        return [
            "op": "charter", "base": .string(base?.hex ?? ""),
            "charter": Samples.replacing(field[...], in: current, by: value),
        ]
    }

    /// Asks for a stale proposal anew, or for one that is none.
    private mutating func refile() throws {
        let made = forge.state.proposals.filter { $0.by > 0 }
        let stale = made.filter { $0.status == .stale }
        guard let target = stale.randomElement(using: &random) ?? made.last else { return }
        try propose(
            target.proposing.content.value.array ?? [], refiles: target.number, by: target.by)
    }

    /// Sponsors what was proposed last, waits for its vote, and mostly carries it.
    mutating func carryThrough() throws {
        let discussed = forge.state.active.filter {
            forge.state.proposal($0)?.status == .discussion
        }
        guard let target = discussed.last,
            let payload = forge.state.proposal(target)?.proposing.payload
        else { return }
        for _ in 1...3 {
            let members: [String: JSONValue] = [
                "proposal": number(target), "payload": .string(payload.hex),
            ]
            try log(try forge.signed("sponsor", by: member(), members))
        }
        let ends = forge.state.proposal(target).flatMap { forge.state.discussionEnd(of: $0) }
        try forge.advance(to: max(forge.t, min(ends ?? 0, forge.t + 5000)))
        // Without the last one it waits in the queue, where others can overtake it.
        let isDivided = Int.random(in: 0..<3, using: &random) == 0
        let voters = forge.keys.count - (isDivided ? 0 : Int.random(in: 0...1, using: &random))
        let quorum = forge.state.proposal(target)?.vote?.quorum ?? 0
        for voter in 1...voters {
            guard forge.state.proposal(target)?.status == .voting else { return }
            let isAgainst = isDivided && voter > quorum
            try log(try forge.ballot(target, by: voter, isAgainst ? "no" : "yes"))
        }
    }

    /// Proposes something, brings it to a vote, and divides the members: evenly, or so that the
    /// quorum is just met.
    mutating func divide() throws {
        let isRoutine = Bool.random(using: &random)
        let text = ContentDigest(of: random.octets(4)).hex
        let port = Int64.random(in: 9100...9900, using: &random)
        let proposer = member()
        try propose(
            isRoutine
                ? [["op": "motion", "text": .string(text)]] : [Samples.backend("red", port: port)],
            by: proposer)
        guard let proposal = forge.state.proposals.last, proposal.status == .discussion else {
            return
        }
        let payload: JSONValue = .string(proposal.proposing.payload.hex)
        for offset in 1...2 {
            let sponsor = (proposer + offset - 1) % forge.keys.count + 1
            try log(
                try forge.signed(
                    "sponsor", by: sponsor,
                    ["proposal": number(proposal.number), "payload": payload]))
        }
        try forge.advance(to: forge.t + 1000)
        guard let vote = forge.state.proposal(proposal.number)?.vote else { return }
        let isEven = Bool.random(using: &random)
        let yes = isEven ? forge.keys.count / 2 : vote.quorum
        for voter in 1...forge.keys.count {
            guard forge.state.proposal(proposal.number)?.status == .voting else { return }
            try log(
                try forge.ballot(proposal.number, by: voter, voter <= yes ? "yes" : "no"))
        }
    }

    mutating func stopOrPutBack() throws {
        let proposals = forge.state.proposals
        let queued = proposals.filter { $0.status == .queued }
        let enacted = proposals.filter { $0.status == .enacted }
        let isVoid = !queued.isEmpty && Bool.random(using: &random)
        let target = (isVoid ? queued : enacted).randomElement(using: &random)?.number
        try propose([
            ["op": isVoid ? "void" : "revert", "proposal": number(target ?? anyProposal())]
        ])
        // Such a vote opens at once; mostly all who are left agree.
        let proposal = forge.state.proposals.count
        guard Int.random(in: 0..<4, using: &random) > 0 else { return }
        for voter in 1...forge.keys.count {
            guard forge.state.proposal(proposal)?.status == .voting else { return }
            try log(try forge.ballot(proposal, by: voter, "yes"))
        }
    }

    mutating func revise() throws {
        let discussed = forge.state.proposals.filter { $0.status == .discussion }
        let target = discussed.randomElement(using: &random)
        let same = target?.by == 0 ? [] : target?.proposing.content.value.array ?? []
        let isSame = Bool.random(using: &random)
        let operations = isSame && !same.isEmpty ? same : [Samples.backend("blue", port: 9100)]
        let reviser = Int.random(in: 0..<5, using: &random) == 0 ? member() : author(of: target)
        try log(
            try forge.signed(
                "revise", by: reviser,
                [
                    "proposal": number(target?.number ?? anyProposal()),
                    "operations": .array(operations),
                ]))
    }

    /// Who proposed it, or anybody where stewards brought it about.
    private mutating func author(of proposal: Proposal?) -> Int {
        guard let proposal, proposal.by > 0 else { return member() }
        return proposal.by
    }

    mutating func withdraw() throws {
        let active = forge.state.active.randomElement(using: &random)
        let target = active ?? anyProposal()
        let proposer = author(of: forge.state.proposal(target))
        try log(try forge.signed("withdraw", by: proposer, ["proposal": number(target)]))
    }

    mutating func remark() throws {
        let concern = Concern.allCases.randomElement(using: &random) ?? .other
        try log(
            try forge.signed(
                "remark", by: member(),
                [
                    "proposal": number(anyProposal()), "concern": .string(concern.rawValue),
                    "reason": .string(ContentDigest(of: random.octets(4)).hex),
                ]))
    }

    /// Retires a second key, or reports the only one stolen, or somebody else's.
    mutating func retire() throws {
        let owner = member()
        let keys = forge.state.member(owner)?.keys.map(\.key) ?? []
        guard let key = keys.randomElement(using: &random) else { return }
        let by = Int.random(in: 0..<6, using: &random) == 0 ? member() : owner
        var members: [String: JSONValue] = ["key": .string(key.openSSHText)]
        if Int.random(in: 0..<3, using: &random) == 0 { members["stolen"] = true }
        try log(try forge.signed("retire", by: by, members))
    }

    mutating func leave() throws {
        guard Int.random(in: 0..<3, using: &random) == 0, forge.keys.count > 3 else { return }
        try log(try forge.signed("leave", by: member(), [:]))
    }

    /// Takes over the keys that the log gave to members: newcomers' and recovered ones.
    mutating func learnKeys() throws {
        for member in forge.state.members {
            guard let current = member.keys.first?.key else { continue }
            if forge.keys.indices.contains(member.number - 1),
                member.keys.contains(where: { $0.key == forge.keys[member.number - 1].publicKey })
            {
                continue
            }
            let known = try (0..<127).map { try Forge.foreignKey($0) }
            guard let key = known.first(where: { $0.publicKey == current }) else { continue }
            forge.learn(key, of: member.number)
        }
    }
}
