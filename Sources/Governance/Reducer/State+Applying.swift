import CanonicalJSON
import Routing
import SSHSignature

extension State {
    /// Gives a statement its effect; every rule was checked before.
    ///
    /// - Parameter standing: What the operations that it puts forward would change on the state of
    ///   the day.
    mutating func apply(_ check: SignatureCheck, _ standing: Proposal.Standing?, at t: Int64) {
        let statement = check.signed.statement
        let member = statement.by
        seen.insert(statement.hash, until: statement.until)
        countStatement(of: member, at: t)
        switch statement.act {
        case .join:
            members[member - 1].joined = t
            members[member - 1].electorFrom = t
            addEligibility(t)
            noteBeginning()
        case .key(let key):
            holders[key] = member
            members[member - 1].keys.append(Member.EnrolledKey(key: key, from: t))
        case .retire(let key, let stolen): retire(key, of: member, stolen: stolen, at: t)
        case .leave: depart(member, expelled: false, at: t)
        case .propose(let proposing, let refiles):
            propose(proposing, refiles: refiles, statement, standing, at: t)
        case .revise(let number, let proposing):
            revise(number, proposing, statement, standing, at: t)
        case .sponsor(let number, _):
            proposals[number - 1].sponsors.append(member)
            proposals[number - 1].lastSponsorAt = t
        case .withdraw(let number): end(number, .withdrawn, at: t)
        case .remark(let number, _, _): proposals[number - 1].remarks[member, default: 0] += 1
        case .ballot(let ballot): cast(ballot, check, at: t)
        case .endpoints(let change): put(change, by: member)
        case .undo(let kept): undo(kept, by: member, at: t)
        case .emergency(let emergency): act(emergency, statement, at: t)
        }
        let endedSome = endRecoveries(of: member, at: t)
        // A ballot moves nothing but its own vote's next transition, and that only to this moment.
        if case .ballot = statement.act, !endedSome { return }
        quietBound = earliestInstant(at: t)
    }

    private mutating func countStatement(of number: Int, at t: Int64) {
        let today = Member.day(of: t)
        if members[number - 1].day != today {
            members[number - 1].day = today
            members[number - 1].statementsThatDay = 0
        }
        members[number - 1].statementsThatDay += 1
    }

    private mutating func noteBeginning() {
        guard !hasBegun, let constitution else { return }
        hasBegun = members.count { $0.joined != nil } >= min(3, constitution.founders)
    }

    /// Ends what would give a member a new key: whoever can still speak needs none.
    ///
    /// - Returns: Whether there was such a proposal.
    private mutating func endRecoveries(of member: Int, at t: Int64) -> Bool {
        var endedSome = false
        for number in active {
            guard proposals[number - 1].index < entries,
                case .recover(member, _) = proposals[number - 1].proposing.content.lone
            else { continue }
            end(number, .withdrawn, at: t)
            endedSome = true
        }
        return endedSome
    }

    private mutating func retire(
        _ key: PublicKey, of member: Int, stolen: Bool, at t: Int64
    ) {
        members[member - 1].keys.removeAll { $0.key == key }
        members[member - 1].retired.append(key)
        guard stolen else { return }
        for number in active {
            changeVote(number, at: t) { vote in
                guard let cast = vote.ballots[member], cast.key == key else { return }
                vote.tally.count(cast.choice, by: -1)
                vote.ballots[member] = nil
            }
        }
    }

    private mutating func cast(_ ballot: Ballot, _ check: SignatureCheck, at t: Int64) {
        guard let number = votesByLeaf[ballot.open], let key = check.signer else {
            preconditionFailure("a ballot is applied only on an open vote, under a key")
        }
        let statement = check.signed.statement
        changeVote(number, at: t) { vote in
            let before = vote.ballots[statement.by]
            if let before { vote.tally.count(before.choice, by: -1) }
            vote.tally.count(ballot.choice, by: 1)
            vote.ballots[statement.by] = Vote.CastBallot(
                by: statement.by, statement: statement.hash, choice: ballot.choice, key: key,
                count: (before?.count ?? 0) + 1)
        }
    }

    /// Changes the ballots of an open vote, and notes whether that ends or extends it.
    private mutating func changeVote(
        _ number: Int, at t: Int64, _ change: (inout Vote) -> Void
    ) {
        guard case .voting(var vote) = proposals[number - 1].phase else { return }
        // Taken out before it is changed, so that its dictionary is not copied.
        proposals[number - 1].phase = .discussion
        let carried = vote.outcome == .passed
        change(&vote)
        let isUnanimous = vote.tally.yes == vote.electors
        vote.unanimousAt = vote.closesWhenUnanimous && isUnanimous ? t : nil
        let isLate = t >= vote.closes - vote.swing
        if carried != (vote.outcome == .passed), isLate, !vote.isExtended, !isUnanimous {
            vote.swungAt = t
        }
        if vote.unanimousAt != nil || vote.swungAt != nil { quietBound = min(quietBound, t) }
        proposals[number - 1].phase = .voting(vote)
    }
}
