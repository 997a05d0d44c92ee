import CanonicalJSON
import Routing

extension State {
    mutating func propose(
        _ proposing: Proposing, refiles: Int?, _ statement: Statement,
        _ standing: Proposal.Standing?, at t: Int64
    ) {
        guard let standing else { preconditionFailure("a proposal is planned when judged") }
        let number = proposals.count + 1
        proposals.append(
            Proposal(
                number: number, by: statement.by, index: entries, proposed: t, refiles: refiles,
                statement: statement.hash, proposing: proposing, start: t,
                sponsors: [statement.by] + supporters(ofRefiled: refiles, but: statement.by),
                lastSponsorAt: t, phase: .discussion, standing: standing))
        active.append(number)
        guard let refiles else { return }
        proposals[refiles - 1].isRefiled = true
        seal(refiles)
    }

    /// Those who sponsored the stale proposal that is asked for anew, while they are members.
    private func supporters(ofRefiled number: Int?, but proposer: Int) -> [Int] {
        guard let number else { return [] }
        return proposals[number - 1].sponsors.filter {
            $0 != proposer && members[$0 - 1].left == nil
        }
    }

    mutating func revise(
        _ number: Int, _ proposing: Proposing, _ statement: Statement,
        _ standing: Proposal.Standing?, at t: Int64
    ) {
        guard let standing else { preconditionFailure("a revision is planned when judged") }
        var proposal = proposals[number - 1]
        if proposing.payload != proposal.proposing.payload {
            proposal.sponsors = [proposal.by]
            proposal.start = t
        }
        proposal.revision += 1
        proposal.statement = statement.hash
        proposal.proposing = proposing
        proposal.lastSponsorAt = t
        proposal.standing = standing
        proposals[number - 1] = proposal
        unplanned.remove(number)
        scopes[number] = nil
    }
}
