import CanonicalJSON
import Governance
import Routing

/// A proposal as the API shows it, without the text of its reason, which stands outside the log.
struct ProposalView: Sendable {
    /// The digest of the reason, if one was given.
    let reason: ContentDigest?

    private var object = JSONObject()

    /// - Parameter state: The state that the proposal is part of.
    init(_ proposal: Proposal, in state: State) {
        reason = proposal.proposing.reason
        addRequest(proposal)
        addStanding(proposal, in: state)
        addSupport(proposal, in: state)
        if let vote = proposal.vote { addVote(vote) }
        if let closing = proposal.closing { addClosing(closing) }
        if case .ended(_, _, let ending) = proposal.phase {
            object["ended"] = ["index": .integer(Int64(ending.index)), "t": .integer(ending.t)]
        }
    }

    /// The proposal with the text of its reason, when that is still kept.
    func json(reason text: String?) -> JSONValue {
        var whole = object
        whole["reason"] = text.map { .string($0) }
        return .object(whole)
    }

    private mutating func addRequest(_ proposal: Proposal) {
        object["number"] = .integer(Int64(proposal.number))
        object["status"] = .string(proposal.status.rawValue)
        object["by"] = .integer(Int64(proposal.by))
        object["proposed"] = .integer(proposal.proposed)
        object["index"] = .integer(Int64(proposal.index))
        object["revision"] = .integer(Int64(proposal.revision))
        object["refiles"] = proposal.refiles.map { .integer(Int64($0)) }
        object["voidedBy"] = proposal.voidVote.map { .integer(Int64($0)) }
        object["statement"] = .string(proposal.statement.hex)
        object["payload"] = .string(proposal.proposing.payload.hex)
        object["operations"] = proposal.proposing.content.value
        let notices = proposal.proposing.content.documents.notices
        if !notices.isEmpty { object["notices"] = .array(notices.map { .string($0) }) }
    }

    /// In discussion the plan is that of the table of the day; later the one that was voted on.
    private mutating func addStanding(_ proposal: Proposal, in state: State) {
        switch state.standing(of: proposal) {
        case .clean(let planned):
            object["class"] = .string(planned.changeClass.rawValue)
            object["classReasons"] = .array(planned.reasons.map { .string($0) })
            object["plan"] = planned.value
        case .refused(let reason): object["planRefusal"] = .string(reason)
        }
        // What the vote is about was fixed when it opened.
        if let vote = proposal.vote { object["class"] = .string(vote.changeClass.rawValue) }
    }

    private mutating func addSupport(_ proposal: Proposal, in state: State) {
        object["sponsors"] = .array(proposal.sponsors.map { .integer(Int64($0)) })
        object["sponsorsNeeded"] = .integer(
            Int64(state.sponsorsNeeded(by: proposal, at: state.t)))
        object["discussionEnds"] = state.discussionEnd(of: proposal).map { .integer($0) }
        let tally = proposal.vote?.tally ?? Tally()
        object["tally"] = [
            "yes": .integer(Int64(tally.yes)), "no": .integer(Int64(tally.no)),
            "abstain": .integer(Int64(tally.abstain)),
        ]
    }

    private mutating func addVote(_ vote: Vote) {
        object["open"] = [
            "leaf": .string(vote.leaf.hex), "index": .integer(Int64(vote.index)),
            "t": .integer(vote.opened), "closes": .integer(vote.closes),
            "electors": .integer(Int64(vote.electors)), "quorum": .integer(Int64(vote.quorum)),
            "margin": .integer(Int64(vote.margin)), "extended": .bool(vote.isExtended),
            "outage": .integer(vote.outage),
        ]
    }

    private mutating func addClosing(_ closing: Closing) {
        object["closed"] = [
            "index": .integer(Int64(closing.index)), "t": .integer(closing.t),
            "outcome": .string(closing.outcome.rawValue),
        ]
        if closing.outcome == .passed { object["enactDue"] = .integer(closing.enactDue) }
    }
}
