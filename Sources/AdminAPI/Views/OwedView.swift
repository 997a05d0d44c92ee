import CanonicalJSON
import Governance

/// What a community waits for from one of its members.
enum OwedView {
    /// What a member owes: to join, to vote, to say whether a proposal deserves a vote.
    ///
    /// - Complexity: O(proposals that are not over · log N).
    static func json(of number: Int, in state: State) -> JSONValue {
        guard let member = state.member(number) else { return ["items": []] }
        if state.owesJoin(number) { return ["items": [["kind": "join"]]] }
        guard member.isIn else { return ["items": []] }
        let items = state.active.compactMap { state.proposal($0) }.compactMap {
            item($0, of: member, in: state)
        }
        return ["items": .array(items)]
    }

    private static func item(
        _ proposal: Proposal, of member: Member, in state: State
    ) -> JSONValue? {
        let number: JSONValue = .integer(Int64(proposal.number))
        switch proposal.phase {
        case .discussion:
            let needed = state.sponsorsNeeded(by: proposal, at: state.t)
            guard proposal.sponsors.count < needed, !proposal.sponsors.contains(member.number)
            else { return nil }
            return ["kind": "sponsor", "proposal": number]
        case .voting(let vote):
            guard vote.isElector(member.number), vote.ballotInForce(of: member.number) == nil,
                !proposal.proposing.content.expels(member.number)
            else { return nil }
            return ["kind": "vote", "proposal": number, "until": .integer(vote.closes)]
        case .queued, .ended: return nil
        }
    }
}
