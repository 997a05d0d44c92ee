import CanonicalJSON
import Routing

extension State {
    /// What becomes of a proposal whose delay is over.
    enum EnactmentOutcome {
        /// It is in force: the documents that result.
        case enact(DocumentSet)
        /// Its effect is not the one voted on.
        case stale
        /// The first entry after the instant came too late.
        case lapse
    }

    func enactment(of proposal: Proposal, at t: Int64) -> EnactmentOutcome {
        guard case .queued(let vote, let closing) = proposal.phase else {
            preconditionFailure("only a queued proposal comes up for enactment")
        }
        guard t <= closing.enactDue + vote.applyBy else { return .lapse }
        guard case .clean(let planned) = standing(of: proposal.proposing),
            planned.effect == vote.effect, planned.changeClass <= vote.changeClass,
            let result = result(of: proposal)
        else { return .stale }
        return .enact(result)
    }

    mutating func open(_ number: Int, _ checked: CheckedEntry) {
        let proposal = proposals[number - 1]
        guard let charter, case .clean(let planned) = proposal.standing else {
            preconditionFailure("only a proposal with a clean plan comes up for opening")
        }
        let t = checked.entry.t
        let rules = charter.rules(for: planned.changeClass)
        let electorate = electorate(at: t)
        let vote = Vote(
            leaf: checked.leafHash, index: entries, opened: t,
            closes: t + rules.voting.milliseconds, changeClass: planned.changeClass,
            effect: planned.effect, electors: electorate.count, electorate: electorate,
            quorum: rules.yesNeeded(of: electorate.count, in: planned.changeClass),
            margin: rules.margin, delay: rules.delay.milliseconds,
            applyBy: rules.applyBy.milliseconds)
        proposals[number - 1].phase = .voting(vote)
        votesByLeaf[vote.leaf] = number
    }

    mutating func close(_ number: Int, at t: Int64) {
        let proposal = proposals[number - 1]
        guard case .voting(var vote) = proposal.phase else {
            preconditionFailure("only a proposal in voting comes up for closing")
        }
        votesByLeaf[vote.leaf] = nil
        closedByLeaf[vote.leaf] = number
        vote.ballots = [:]
        vote.electorate = []
        let delay = vote.unanimousAt == nil ? vote.delay : 0
        let closing = Closing(index: entries, t: t, outcome: vote.outcome, enactDue: t + delay)
        if vote.outcome == .passed {
            proposals[number - 1].phase = .queued(vote, closing)
            return
        }
        if vote.tally.no > 0, vote.tally.no >= vote.tally.yes, let charter {
            rejected = rejected.filter { $0.value > t }
            rejected[proposal.proposing.payload] = t + charter.limits.rejectedReturns.milliseconds
        }
        conclude(number, vote, closing, vote.outcome == .failed ? .failed : .noQuorum, at: t)
    }

    mutating func finish(_ number: Int, _ outcome: EnactmentOutcome, at t: Int64) {
        switch outcome {
        case .lapse: end(number, .lapsed, at: t)
        case .stale: end(number, .stale, at: t)
        case .enact(let result):
            documents = result
            end(number, .enacted, at: t)
            refreshStandings()
        }
    }

    mutating func end(_ number: Int, _ status: ProposalStatus, at t: Int64) {
        let proposal = proposals[number - 1]
        conclude(number, proposal.vote, proposal.closing, status, at: t)
    }

    private mutating func conclude(
        _ number: Int, _ vote: Vote?, _ closing: Closing?, _ status: ProposalStatus, at t: Int64
    ) {
        let ending = Ending(status: status, index: entries, t: t)
        proposals[number - 1].phase = .ended(vote, closing, ending)
        active.removeAll { $0 == number }
        let summary = proposals[number - 1].summary.canonicalOctets
        history = ContentDigest(of: history.octets + summary)
    }

    /// Plans what is in discussion again after the table changed.
    mutating func refreshStandings() {
        for number in active where proposals[number - 1].status == .discussion {
            proposals[number - 1].standing = standing(of: proposals[number - 1].proposing)
        }
    }
}
