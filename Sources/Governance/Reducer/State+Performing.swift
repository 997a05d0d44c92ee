import CanonicalJSON
import Routing

extension State {
    /// What becomes of a proposal whose delay is over.
    enum EnactmentOutcome {
        /// It is in force.
        case enact(EnactmentResult)
        /// Its effect is not the one voted on.
        case stale
        /// The first entry after the instant came too late.
        case lapse
    }

    /// What an enactment makes of the documents.
    enum EnactmentResult {
        /// With nothing laid over them: thousands of documents are not copied to know the digest.
        case plain(DocumentChange)
        /// The documents, with what stays laid over them.
        case overlaid(DocumentSet, Overlays)

        /// The digest of the table that results.
        var tableDigest: ContentDigest {
            switch self {
            case .plain(let change): change.tableDigest
            case .overlaid(let documents, _): documents.tableDigest
            }
        }
    }

    func enactment(of proposal: Proposal, at t: Int64) -> EnactmentOutcome {
        guard case .queued(let vote, let closing) = proposal.phase else {
            preconditionFailure("only a queued proposal comes up for enactment")
        }
        let last = closing.enactDue + vote.applyBy + grace(closing, vote, at: t)
        guard t <= last else { return .lapse }
        guard case .clean(let planned) = standing(ofQueued: proposal),
            planned.effect == vote.effect,
            planned.changeClass <= vote.changeClass, let result = result(of: proposal)
        else { return .stale }
        return .enact(result)
    }

    mutating func open(_ number: Int, _ checked: CheckedEntry) {
        let proposal = proposals[number - 1]
        guard case .clean(let planned) = standing(of: proposal) else {
            preconditionFailure("only a proposal with a clean plan comes up for opening")
        }
        let t = checked.entry.t
        let terms = terms(of: proposal, planned, at: t)
        let vote = Vote(
            leaf: checked.leafHash, index: entries, opened: t, period: terms.period,
            closes: t + terms.period, changeClass: terms.changeClass, effect: planned.effect,
            electors: terms.electorate.count, electorate: terms.electorate, quorum: terms.quorum,
            margin: terms.margin, delay: terms.delay, applyBy: terms.applyBy, swing: terms.swing,
            closesWhenUnanimous: terms.closesWhenUnanimous)
        proposals[number - 1].standing = .clean(planned)
        if unplanned.remove(number) != nil { scopes[number] = nil }
        proposals[number - 1].phase = .voting(vote)
        votesByLeaf[vote.leaf] = number
        if case .void(let target) = proposal.proposing.content.lone {
            proposals[target - 1].voidVote = number
        }
    }

    mutating func extend(_ number: Int) {
        guard case .voting(var vote) = proposals[number - 1].phase else {
            preconditionFailure("only a proposal in voting comes up for extending")
        }
        vote.closes += vote.swing
        vote.swungAt = nil
        vote.isExtended = true
        proposals[number - 1].phase = .voting(vote)
    }

    mutating func close(_ number: Int, at t: Int64) {
        guard let vote = takeVote(number) else {
            preconditionFailure("only a proposal in voting comes up for closing")
        }
        let delay = vote.unanimousAt == nil ? vote.delay : 0
        let closing = Closing(index: entries, t: t, outcome: vote.outcome, enactDue: t + delay)
        if vote.outcome == .passed {
            proposals[number - 1].phase = .queued(vote, closing)
            return
        }
        noteRejection(of: number, vote.tally, at: t)
        conclude(number, vote, closing, vote.outcome == .failed ? .failed : .noQuorum, at: t)
    }

    /// Takes an open vote out of those that are open; no rule looks at its ballots again.
    private mutating func takeVote(_ number: Int) -> Vote? {
        guard case .voting(var vote) = proposals[number - 1].phase else { return nil }
        votesByLeaf[vote.leaf] = nil
        closedByLeaf[vote.leaf] = number
        vote.ballots = [:]
        vote.electorate = []
        return vote
    }

    /// A payload that more or as many were against than for may not come back for a while.
    private mutating func noteRejection(of number: Int, _ tally: Tally, at t: Int64) {
        guard tally.no > 0, tally.no >= tally.yes, let charter else { return }
        rejected = rejected.filter { $0.value > t }
        rejected[proposals[number - 1].proposing.payload] =
            t + charter.limits.rejectedReturns.milliseconds
    }

    /// Ends a proposal before its enactment.
    mutating func end(_ number: Int, _ status: ProposalStatus, at t: Int64) {
        let vote = takeVote(number)
        if let vote { noteRejection(of: number, vote.tally, at: t) }
        let proposal = proposals[number - 1]
        conclude(number, vote ?? proposal.vote, proposal.closing, status, at: t)
    }

    /// Ends a proposal, in whatever way.
    mutating func conclude(
        _ number: Int, _ vote: Vote?, _ closing: Closing?, _ status: ProposalStatus, at t: Int64
    ) {
        // Whatever was in discussion keeps the plan of its last day.
        plan(number)
        let ending = Ending(status: status, index: entries, t: t)
        proposals[number - 1].phase = .ended(vote, closing, ending)
        active.removeAll { $0 == number }
        outdated.remove(number)
        scopes[number] = nil
        seal(number)
        concludeEmergency(number, status, at: t)
        // What waited for a vote to void it goes on when that ends otherwise.
        guard status != .enacted,
            case .void(let target) = proposals[number - 1].proposing.content.lone,
            proposals.indices.contains(target - 1), proposals[target - 1].voidVote == number,
            case .queued(let waiting, var itsClosing) = proposals[target - 1].phase
        else { return }
        itsClosing.enactDue = max(itsClosing.enactDue, t)
        proposals[target - 1].phase = .queued(waiting, itsClosing)
    }

    /// Gives a proposal that is over another status.
    mutating func restate(_ number: Int, _ status: ProposalStatus) {
        guard case .ended(let vote, let closing, let ending) = proposals[number - 1].phase else {
            return
        }
        proposals[number - 1].phase = .ended(
            vote, closing, Ending(status: status, index: ending.index, t: ending.t))
        seal(number)
    }

    /// Notes what a proposal that is over came to.
    mutating func seal(_ number: Int) {
        proposals[number - 1].seal = proposals[number - 1].summaryDigest
    }
}
