import Routing

extension State {
    /// Gives a statement its effect; every rule was checked before.
    ///
    /// - Parameter standing: What a `propose` would change on the table of the day.
    mutating func apply(
        _ statement: Statement, _ standing: Proposal.Standing?, at t: Int64
    ) {
        seen.insert(statement.hash, until: statement.until)
        countStatement(of: statement.by, at: t)
        switch statement.act {
        case .join:
            members[statement.by - 1].joined = t
            members[statement.by - 1].electorFrom = t
            addEligibility(t)
        case .key(let key):
            holders[key] = statement.by
            members[statement.by - 1].keys.append(Member.EnrolledKey(key: key, from: t))
        case .propose(let proposing):
            guard let standing else { preconditionFailure("a proposal is planned when judged") }
            propose(proposing, statement, standing, at: t)
        case .sponsor(let number, _):
            proposals[number - 1].sponsors.append(statement.by)
            proposals[number - 1].lastSponsorAt = t
        case .ballot(let ballot):
            // A ballot moves nothing but its own vote's close, and that only to this moment.
            if cast(ballot, statement, at: t) { quietUntil = min(quietUntil, t) }
            return
        }
        quietUntil = earliestInstant(at: t)
    }

    private mutating func countStatement(of number: Int, at t: Int64) {
        let today = Member.day(of: t)
        if members[number - 1].day != today {
            members[number - 1].day = today
            members[number - 1].statementsThatDay = 0
        }
        members[number - 1].statementsThatDay += 1
    }

    private mutating func propose(
        _ proposing: Proposing, _ statement: Statement, _ standing: Proposal.Standing, at t: Int64
    ) {
        let number = proposals.count + 1
        proposals.append(
            Proposal(
                number: number, by: statement.by, statement: statement.hash, index: entries,
                proposed: t, proposing: proposing, sponsors: [statement.by], lastSponsorAt: t,
                phase: .discussion, standing: standing))
        active.append(number)
    }

    /// - Returns: Whether every elector's ballot in force is yes now.
    private mutating func cast(_ ballot: Ballot, _ statement: Statement, at t: Int64) -> Bool {
        guard let number = votesByLeaf[ballot.open],
            case .voting(var vote) = proposals[number - 1].phase
        else { preconditionFailure("a ballot is applied only on an open vote") }
        // Taken out before it is changed, so that its dictionary is not copied.
        proposals[number - 1].phase = .discussion
        let before = vote.ballots[statement.by]
        if let before { vote.tally.count(before.choice, by: -1) }
        vote.tally.count(ballot.choice, by: 1)
        vote.ballots[statement.by] = Vote.CastBallot(
            statement: statement.hash, choice: ballot.choice, count: (before?.count ?? 0) + 1)
        vote.unanimousAt = vote.tally.yes == vote.electors ? t : nil
        proposals[number - 1].phase = .voting(vote)
        return vote.unanimousAt != nil
    }
}
