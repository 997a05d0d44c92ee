import Routing

extension State {
    func refusalOfProposing(
        _ proposing: Proposing, refiles: Int?, _ member: Member, at t: Int64
    ) -> Refusal? {
        if let refusal = refusalOfBeginning() { return refusal }
        if let refusal = refusalOfRejected(proposing.payload, at: t) { return refusal }
        if let refiles, let refusal = refusalOfRefiling(refiles, proposing, member) {
            return refusal
        }
        guard proposing.content.needsRoom else { return nil }
        let most = charter?.limits.discussionPerMember ?? 0
        let own = active.count {
            let proposal = proposals[$0 - 1]
            return proposal.by == member.number && proposal.status == .discussion
                && proposal.proposing.content.needsRoom
        }
        guard own < most else {
            return Refusal(
                .tooManyProposals, "member \(member.number) has \(own) proposals in discussion",
                next: "wait until one of them opens or expires, or withdraw one")
        }
        return nil
    }

    private func refusalOfRejected(_ payload: ContentDigest, at t: Int64) -> Refusal? {
        guard let instant = rejected[payload], t < instant else { return nil }
        return Refusal(
            .rejectedRecently, "the same was voted down; it may come back at \(instant)",
            next: "change the proposal, or wait")
    }

    private func refusalOfRefiling(
        _ number: Int, _ proposing: Proposing, _ member: Member
    ) -> Refusal? {
        guard let stale = proposal(number), stale.status == .stale, !stale.isRefiled,
            stale.by == member.number, stale.proposing.payload == proposing.payload
        else {
            return Refusal(
                .notRefilable,
                "\(number) is no stale proposal of member \(member.number) with these operations, "
                    + "or was proposed anew before",
                next: "leave refiles out")
        }
        return nil
    }

    /// What the acts on one proposal of one's own have in common.
    private func refusalOfNumber(
        _ number: Int, inDiscussion: Bool, by member: Member?
    ) -> Refusal? {
        guard let proposal = proposal(number) else {
            return Refusal(
                .unknownProposal, "there is no proposal \(number)", next: "see the proposals")
        }
        let status = proposal.status
        if inDiscussion, status != .discussion {
            return Refusal(
                .notInDiscussion, "proposal \(number) is \(status.rawValue)",
                next: "vote on it, if the vote is open")
        }
        if case .ended = proposal.phase {
            return Refusal(
                .proposalOver, "proposal \(number) is \(status.rawValue)",
                next: "nothing can be done about it any more")
        }
        if let member, proposal.by != member.number {
            return Refusal(
                .notTheProposer, "member \(proposal.by) proposed \(number)",
                next: "ask them, or vote against it")
        }
        return nil
    }

    func refusalOfRevising(
        _ number: Int, _ proposing: Proposing, _ member: Member, at t: Int64
    ) -> Refusal? {
        refusalOfNumber(number, inDiscussion: true, by: member)
            ?? refusalOfRejected(proposing.payload, at: t)
    }

    func refusalOfWithdrawing(_ number: Int, _ member: Member) -> Refusal? {
        refusalOfNumber(number, inDiscussion: false, by: member)
    }

    func refusalOfRemark(_ number: Int, _ member: Member) -> Refusal? {
        if let refusal = refusalOfNumber(number, inDiscussion: false, by: nil) { return refusal }
        let most = charter?.limits.remarksPerMember ?? 0
        guard proposals[number - 1].remarks[member.number, default: 0] < most else {
            return Refusal(
                .tooManyRemarks, "member \(member.number) made \(most) remarks on \(number)",
                next: "put the rest into a reply to one of them")
        }
        return nil
    }

    func refusalOfSponsoring(
        _ number: Int, _ payload: ContentDigest, _ member: Member
    ) -> Refusal? {
        if let refusal = refusalOfNumber(number, inDiscussion: true, by: nil) { return refusal }
        let proposal = proposals[number - 1]
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
        if proposals[number - 1].proposing.content.expels(member.number) {
            return Refusal(
                .subject, "the vote is on expelling member \(member.number)",
                next: "reply in a remark")
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
