package import CanonicalJSON
import Routing

extension State {
    /// The entry that a transition asks for: what a council writes, and what every reader expects.
    ///
    /// - Complexity: O(1), and planning for an enactment.
    package func claim(for transition: Transition, at t: Int64) -> JSONValue {
        let proposal = proposals[transition.proposal - 1]
        switch transition.kind {
        case .open: return openClaim(proposal, at: t)
        case .close: return closeClaim(proposal, at: t)
        case .enact: return enactClaim(proposal, enactment(of: proposal, at: t), at: t)
        case .expire: return claim("expire", proposal, at: t)
        }
    }

    private func claim(_ kind: String, _ proposal: Proposal, at t: Int64) -> JSONValue {
        [
            "v": 1, "kind": .string(kind), "t": .integer(t),
            "proposal": .integer(Int64(proposal.number)),
        ]
    }

    private func openClaim(_ proposal: Proposal, at t: Int64) -> JSONValue {
        guard let charter, case .clean(let planned) = proposal.standing else {
            preconditionFailure("only a proposal with a clean plan comes up for opening")
        }
        let rules = charter.rules(for: planned.changeClass)
        let electorate = electorate(at: t)
        let numbers = JSONValue.array(electorate.map { .integer(Int64($0)) })
        return [
            "v": 1, "kind": "open", "t": .integer(t),
            "proposal": .integer(Int64(proposal.number)), "revision": 1,
            "statement": .string(proposal.statement.hex),
            "payload": .string(proposal.proposing.payload.hex),
            "table": .string(documents.tableDigest.hex), "plan": .string(planned.plan.hex),
            "class": .string(planned.changeClass.rawValue),
            "charter": .string(charter.digest.hex),
            "electors": .integer(Int64(electorate.count)),
            "electorate": .string(ContentDigest(of: numbers.canonicalOctets).hex),
            "quorum": .integer(
                Int64(rules.yesNeeded(of: electorate.count, in: planned.changeClass))),
            "closes": .integer(t + rules.voting.milliseconds),
            "delay": .integer(rules.delay.milliseconds),
            "applyBy": .integer(rules.applyBy.milliseconds),
        ]
    }

    private func closeClaim(_ proposal: Proposal, at t: Int64) -> JSONValue {
        guard let vote = proposal.vote else {
            preconditionFailure("only a proposal in voting comes up for closing")
        }
        return [
            "v": 1, "kind": "close", "t": .integer(t),
            "proposal": .integer(Int64(proposal.number)), "yes": .integer(Int64(vote.tally.yes)),
            "no": .integer(Int64(vote.tally.no)), "abstain": .integer(Int64(vote.tally.abstain)),
            "outcome": .string(vote.outcome.rawValue),
            "table": .string(documents.tableDigest.hex),
        ]
    }

    private func enactClaim(
        _ proposal: Proposal, _ outcome: EnactmentOutcome, at t: Int64
    ) -> JSONValue {
        switch outcome {
        case .lapse: return claim("lapse", proposal, at: t)
        case .stale: return claim("stale", proposal, at: t)
        case .enact(let result):
            return [
                "v": 1, "kind": "enact", "t": .integer(t),
                "proposal": .integer(Int64(proposal.number)),
                "table": .string(result.tableDigest.hex),
            ]
        }
    }

    /// Checks the entry that claims a due transition, and performs it.
    mutating func perform(
        _ transition: Transition, claimedBy checked: CheckedEntry
    ) throws(Contradiction) {
        let entry = checked.entry
        guard case .claim(let claim) = entry.body, claim.proposal == transition.proposal,
            transition.kind.claims.contains(claim.kind)
        else { throw contradiction(.overdue(transition, found: kind(of: entry))) }
        let number = transition.proposal
        if transition.kind == .enact {
            // Planned once, for the claim and for what it claims.
            let outcome = enactment(of: proposals[number - 1], at: entry.t)
            try expect(enactClaim(proposals[number - 1], outcome, at: entry.t), checked)
            finish(number, outcome, at: entry.t)
        } else {
            try expect(self.claim(for: transition, at: entry.t), checked)
        }
        switch transition.kind {
        case .open: open(number, checked)
        case .close: close(number, at: entry.t)
        case .enact: break
        case .expire: end(number, .expired, at: entry.t)
        }
        quietUntil = earliestInstant(at: entry.t)
    }
}

extension Transition.Kind {
    /// The kinds of entry that may claim it.
    fileprivate var claims: [ClaimKind] {
        switch self {
        case .open: [.open]
        case .close: [.close]
        case .enact: [.enact, .stale, .lapse]
        case .expire: [.expire]
        }
    }
}

extension Vote {
    /// What comes out as the ballots stand.
    package var outcome: Outcome {
        ClassRules.outcome(of: tally, quorum: quorum, margin: margin)
    }
}
