import Routing

extension State {
    /// The first thing that is due at a time, if anything is.
    ///
    /// What is due is ordered by instant, proposal and kind; each entry changes the list, so only
    /// its head is ever asked for.
    ///
    /// - Complexity: O(proposals not over), once ``quietUntil`` is reached; that of copying the
    ///   state and planning while ``plan()`` is owed.
    package func firstDue(at t: Int64) -> Transition? {
        guard t >= quietBound else { return nil }
        if unplanned.isEmpty { return firstBound(at: t) }
        var planned = self
        return planned.planFirstDue(at: t)
    }

    /// Before this instant nothing is due, as things stand; `Int64.max` for never.
    ///
    /// - Complexity: As ``firstDue(at:)``.
    package var quietUntil: Int64 {
        if unplanned.isEmpty { return quietBound }
        var planned = self
        planned.plan()
        return planned.quietBound
    }

    /// The first thing that is due at a time, with the plans made that decide what it is.
    mutating func planFirstDue(at t: Int64) -> Transition? {
        guard t >= quietBound else { return nil }
        let owed = unplanned.count
        var first = firstBound(at: t)
        while let candidate = first, unplanned.contains(candidate.proposal) {
            plan(candidate.proposal)
            first = firstBound(at: t)
        }
        if unplanned.count < owed { quietBound = earliestInstant(at: self.t) }
        return first
    }

    /// The first thing that can be due at a time: what comes first is due unless it belongs to a
    /// proposal whose plan is owed, since of these only a bound is known.
    private func firstBound(at t: Int64) -> Transition? {
        var first = [admissionDue, liftDue].compactMap(\.self).filter { $0.instant <= t }.min()
        for number in active {
            guard let candidate = next(of: number, at: t), candidate.instant <= t else { continue }
            first = first.map { min($0, candidate) } ?? candidate
        }
        return first
    }

    /// What will happen to a proposal first, as things stand, or not before then where its plan is
    /// owed; `nil` when it is over or waits for a vote to void it.
    private func next(of number: Int, at t: Int64) -> Transition? {
        let proposal = proposals[number - 1]
        func transition(_ kind: Transition.Kind, _ instant: Int64) -> Transition {
            Transition(instant: instant, proposal: number, kind: kind)
        }
        switch proposal.phase {
        case .discussion:
            let expiry = transition(.expire, expiry(of: proposal))
            return openInstant(of: proposal, at: t).map { min(transition(.open, $0), expiry) }
                ?? expiry
        case .voting(let vote):
            if let swungAt = vote.swungAt { return transition(.extend, swungAt) }
            return transition(.close, min(closes(vote, at: t), vote.unanimousAt ?? .max))
        case .queued(_, let closing):
            return isBeingVoided(proposal) ? nil : transition(.enact, closing.enactDue)
        case .ended: return nil
        }
    }

    private func isBeingVoided(_ proposal: Proposal) -> Bool {
        guard let number = proposal.voidVote else { return false }
        switch proposals[number - 1].phase {
        case .voting, .queued: return true
        case .discussion, .ended: return false
        }
    }

    private func expiry(of proposal: Proposal) -> Int64 {
        guard let charter else { return .max }
        return proposal.lastSponsorAt + charter.limits.discussionExpires.milliseconds
    }

    /// When the vote on a proposal can open, at the earliest where its plan is owed: `nil` while
    /// sponsors, a clean plan or room are wanting.
    private func openInstant(of proposal: Proposal, at t: Int64) -> Int64? {
        guard proposal.sponsors.count >= sponsorsNeeded(by: proposal, at: t),
            hasRoom(for: proposal),
            let end = unplanned.contains(proposal.number)
                ? leastDiscussionEnd(of: proposal) : discussionEnd(of: proposal)
        else { return nil }
        return max(end, proposal.lastSponsorAt)
    }

    /// The sponsors that a proposal needs at a time, its proposer among them.
    package func sponsorsNeeded(by proposal: Proposal, at t: Int64) -> Int {
        guard let charter else { return .max }
        if case .confirm = proposal.proposing.content.lone { return 0 }
        let electors = electorCount(at: t)
        let needed = charter.sponsorsNeeded(of: electors)
        return proposal.proposing.content.admits
            ? max(needed, min(charter.admission.sponsors, electors)) : needed
    }

    /// When a proposal's discussion has lasted long enough for its class.
    ///
    /// - Returns: `nil` when its plan is refused, so that it has no class.
    package func discussionEnd(of proposal: Proposal) -> Int64? {
        guard case .clean(let planned) = standing(of: proposal) else { return nil }
        return discussionEnd(of: proposal, as: planned.changeClass)
    }

    /// When a proposal's discussion has lasted long enough, whatever class it turns out to have.
    private func leastDiscussionEnd(of proposal: Proposal) -> Int64? {
        ChangeClass.allCases.compactMap { discussionEnd(of: proposal, as: $0) }.min()
    }

    private func discussionEnd(of proposal: Proposal, as changeClass: ChangeClass) -> Int64? {
        guard let charter else { return nil }
        let least = charter.rules(for: changeClass).discussion.milliseconds
        switch proposal.proposing.content.lone {
        case .void, .revert, .confirm: return proposal.start
        case .expel: return proposal.start + max(least, charter.expulsionReply.milliseconds)
        default: return proposal.start + least
        }
    }

    /// Whether a vote may be opened beside those that are. Stopping a proposal and giving somebody
    /// their voice back need no room.
    private func hasRoom(for proposal: Proposal) -> Bool {
        guard let charter else { return false }
        guard proposal.proposing.content.needsRoom else { return true }
        let open = votesByLeaf.values.filter { proposals[$0 - 1].proposing.content.needsRoom }
        let own = open.count { proposals[$0 - 1].by == proposal.by }
        return open.count < charter.limits.openVotes && own < charter.limits.votingPerMember
    }

    /// The earliest instant at which anything can become due as things stand; `Int64.max` for
    /// never.
    ///
    /// - Complexity: O(proposals not over).
    func earliestInstant(at t: Int64) -> Int64 {
        active.reduce(min(admissionDue?.instant ?? .max, liftDue?.instant ?? .max)) {
            min($0, next(of: $1, at: t)?.instant ?? .max)
        }
    }
}

extension Payload {
    /// Whether newcomers are among its operations.
    var admits: Bool {
        measures.contains { if case .admit = $0 { true } else { false } }
    }

    /// Whether its vote counts among those that are open, and its discussion among the proposer's.
    var needsRoom: Bool {
        switch lone {
        case .void, .recover, .confirm: false
        default: true
        }
    }
}
