extension State {
    /// The first thing that is due at a time, if anything is.
    ///
    /// What is due is ordered by instant, proposal and kind; each entry changes the list, so only
    /// its head is ever asked for.
    ///
    /// - Complexity: O(proposals not over), once ``quietUntil`` is reached.
    package func firstDue(at t: Int64) -> Transition? {
        guard t >= quietUntil else { return nil }
        var first: Transition?
        for number in active {
            guard let candidate = next(of: number, at: t), candidate.instant <= t else { continue }
            first = first.map { min($0, candidate) } ?? candidate
        }
        return first
    }

    /// What will happen to a proposal first, as things stand; `nil` when it is over.
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
            return transition(.close, min(vote.closes, vote.unanimousAt ?? .max))
        case .queued(_, let closing): return transition(.enact, closing.enactDue)
        case .ended: return nil
        }
    }

    private func expiry(of proposal: Proposal) -> Int64 {
        guard let charter else { return .max }
        return proposal.lastSponsorAt + charter.limits.discussionExpires.milliseconds
    }

    /// When the vote on a proposal can open: `nil` while sponsors, a clean plan or room are
    /// wanting.
    private func openInstant(of proposal: Proposal, at t: Int64) -> Int64? {
        guard let charter, case .clean(let planned) = proposal.standing,
            proposal.sponsors.count >= charter.sponsorsNeeded(of: electorCount(at: t)),
            hasRoom(for: proposal, charter)
        else { return nil }
        return max(discussionEnd(of: proposal, planned, charter), proposal.lastSponsorAt)
    }

    /// When a proposal's discussion has lasted long enough for its class.
    ///
    /// - Returns: `nil` when its plan is refused, so that it has no class.
    package func discussionEnd(of proposal: Proposal) -> Int64? {
        guard let charter, case .clean(let planned) = proposal.standing else { return nil }
        return discussionEnd(of: proposal, planned, charter)
    }

    private func discussionEnd(
        of proposal: Proposal, _ planned: Planned, _ charter: Charter
    ) -> Int64 {
        proposal.proposed + charter.rules(for: planned.changeClass).discussion.milliseconds
    }

    private func hasRoom(for proposal: Proposal, _ charter: Charter) -> Bool {
        let own = votesByLeaf.values.count { proposals[$0 - 1].by == proposal.by }
        return votesByLeaf.count < charter.limits.openVotes && own < charter.limits.votingPerMember
    }

    /// The earliest instant at which anything can become due as things stand; `Int64.max` for
    /// never.
    ///
    /// - Complexity: O(proposals not over).
    func earliestInstant(at t: Int64) -> Int64 {
        active.reduce(Int64.max) { min($0, next(of: $1, at: t)?.instant ?? .max) }
    }
}
