package import CanonicalJSON
import Routing

extension State {
    /// The entry that a transition asks for: what a council writes, and what every reader expects.
    ///
    /// - Complexity: O(1), and planning for an enactment.
    package func claim(for transition: Transition, at t: Int64) -> JSONValue {
        if transition.kind == .admit { return admitClaim(at: t) }
        if transition.kind == .lift { return liftClaim(transition.overlay, at: t) }
        let proposal = proposals[transition.proposal - 1]
        switch transition.kind {
        case .open: return openClaim(proposal, at: t)
        case .extend: return extendClaim(proposal, at: t)
        case .close: return closeClaim(proposal, at: t)
        case .enact: return enactClaim(proposal, enactment(of: proposal, at: t), at: t)
        case .expire: return claim("expire", proposal, at: t)
        case .admit, .lift: preconditionFailure("neither is about a proposal")
        }
    }

    private func claim(
        _ kind: String, _ proposal: Proposal, at t: Int64, _ members: [String: JSONValue] = [:]
    ) -> JSONValue {
        var object = JSONObject()
        object["v"] = 1
        object["kind"] = .string(kind)
        object["t"] = .integer(t)
        object["proposal"] = .integer(Int64(proposal.number))
        for (name, value) in members { object[name] = value }
        return .object(object)
    }

    private func openClaim(_ proposal: Proposal, at t: Int64) -> JSONValue {
        guard let charter, case .clean(let planned) = standing(of: proposal) else {
            preconditionFailure("only a proposal with a clean plan comes up for opening")
        }
        let terms = terms(of: proposal, planned, at: t)
        let numbers = JSONValue.array(terms.electorate.map { .integer(Int64($0)) })
        return claim(
            "open", proposal, at: t,
            [
                "revision": .integer(Int64(proposal.revision)),
                "statement": .string(proposal.statement.hex),
                "payload": .string(proposal.proposing.payload.hex),
                "table": .string(documents.tableDigest.hex), "plan": .string(planned.plan.hex),
                "class": .string(terms.changeClass.rawValue),
                "charter": .string(charter.digest.hex),
                "electors": .integer(Int64(terms.electorate.count)),
                "electorate": .string(ContentDigest(of: numbers.canonicalOctets).hex),
                "quorum": .integer(Int64(terms.quorum)), "margin": .integer(Int64(terms.margin)),
                "closes": .integer(t + terms.period), "delay": .integer(terms.delay),
                "applyBy": .integer(terms.applyBy),
            ])
    }

    private func extendClaim(_ proposal: Proposal, at t: Int64) -> JSONValue {
        guard let vote = proposal.vote else {
            preconditionFailure("only a proposal in voting comes up for extending")
        }
        return claim(
            "extend", proposal, at: t, ["closes": .integer(closes(vote, at: t) + vote.swing)])
    }

    private func closeClaim(_ proposal: Proposal, at t: Int64) -> JSONValue {
        guard let vote = proposal.vote else {
            preconditionFailure("only a proposal in voting comes up for closing")
        }
        return claim(
            "close", proposal, at: t,
            [
                "yes": .integer(Int64(vote.tally.yes)), "no": .integer(Int64(vote.tally.no)),
                "abstain": .integer(Int64(vote.tally.abstain)),
                "outcome": .string(vote.outcome.rawValue),
                "table": .string(documents.tableDigest.hex),
            ])
    }

    func enactClaim(
        _ proposal: Proposal, _ outcome: EnactmentOutcome, at t: Int64
    ) -> JSONValue {
        switch outcome {
        case .lapse: return claim("lapse", proposal, at: t)
        case .stale: return claim("stale", proposal, at: t)
        case .enact(let result):
            var charterDigest = charter?.digest
            var count = members.count
            for measure in proposal.proposing.content.measures {
                if case .charter(_, let proposed) = measure { charterDigest = proposed.digest }
                if case .admit(let newcomers) = measure { count += newcomers.count }
            }
            return claim(
                "enact", proposal, at: t,
                [
                    "table": .string(result.tableDigest.hex),
                    "charter": .string(charterDigest?.hex ?? ""),
                    "members": .integer(Int64(count)),
                ])
        }
    }
}
