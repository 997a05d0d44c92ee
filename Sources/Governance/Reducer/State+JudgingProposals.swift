import Routing

extension State {
    func refusalOfProposing(
        _ proposing: Proposing, _ member: Member, at t: Int64
    ) -> Refusal? {
        guard hasBegun, let charter else {
            let needed = min(3, constitution?.founders ?? 0)
            return Refusal(
                .notBegun, "\(eligibility.count) of the \(needed) founders needed joined",
                next: "wait until they have logged in")
        }
        if let instant = rejected[proposing.payload], t < instant {
            return Refusal(
                .rejectedRecently, "the same was voted down; it may come back at \(instant)",
                next: "change the proposal, or wait")
        }
        let most = charter.limits.discussionPerMember
        let own = active.count {
            proposals[$0 - 1].by == member.number && proposals[$0 - 1].status == .discussion
        }
        guard own < most else {
            return Refusal(
                .tooManyProposals, "member \(member.number) has \(own) proposals in discussion",
                next: "wait until one of them opens or expires")
        }
        return nil
    }

    func refusalOfSponsoring(
        _ number: Int, _ payload: ContentDigest, _ member: Member
    ) -> Refusal? {
        guard let proposal = proposal(number) else {
            return Refusal(
                .unknownProposal, "there is no proposal \(number)", next: "see the proposals")
        }
        guard proposal.status == .discussion else {
            return Refusal(
                .notInDiscussion, "proposal \(number) is \(proposal.status.rawValue)",
                next: "vote on it, if the vote is open")
        }
        guard payload == proposal.proposing.payload else {
            return Refusal(
                .wrongPayload, "the payload of \(number) is \(proposal.proposing.payload.hex)",
                next: "read the proposal again, then sponsor what it says")
        }
        guard !proposal.sponsors.contains(member.number) else {
            return Refusal(
                .alreadySponsored, "member \(member.number) sponsors \(number) already",
                next: "nothing is left to do")
        }
        return nil
    }

    func refusalOfBallot(_ ballot: Ballot, _ member: Member, headInLog: Bool) -> Refusal? {
        guard let number = votesByLeaf[ballot.open], let vote = proposals[number - 1].vote else {
            return refusalOfLateBallot(ballot)
        }
        guard vote.isElector(member.number) else {
            return Refusal(
                .notAnElector, "member \(member.number) was no elector when the vote opened",
                next: "vote on proposals that open later")
        }
        let inForce = vote.ballots[member.number]
        guard ballot.replaces == inForce?.statement else {
            return Refusal(
                .wrongReplaces,
                inForce.map { "the ballot in force is \($0.statement.hex)" }
                    ?? "there is no ballot in force to replace",
                next: inForce == nil ? "leave replaces out" : "sign again with that replaces")
        }
        let most = charter?.limits.ballotsPerElector ?? 0
        guard (inForce?.count ?? 0) < most else {
            return Refusal(
                .tooManyBallots, "member \(member.number) cast \(most) ballots on this vote",
                next: "the last one counts")
        }
        guard headInLog else {
            return Refusal(
                .headNotInLog, "no head of \(ballot.headSize) entries had that root in this log",
                next: "fetch the checkpoint again; if it is the council's, keep both as evidence")
        }
        return nil
    }

    /// A ballot whose `open` names no open vote: was it ever one?
    private func refusalOfLateBallot(_ ballot: Ballot) -> Refusal {
        guard let past = closedByLeaf[ballot.open].flatMap({ proposal($0) }) else {
            return Refusal(
                .unknownOpen, "no vote was opened by an entry with leaf hash \(ballot.open.hex)",
                next: "take open.leaf from the proposal")
        }
        return Refusal(
            .votingClosed, "proposal \(past.number) is \(past.status.rawValue)",
            next: "its vote is over")
    }
}
