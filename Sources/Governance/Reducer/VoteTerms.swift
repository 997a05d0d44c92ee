import Routing

/// What an `open` entry fixes of a vote.
struct VoteTerms {
    /// The class voted on.
    let changeClass: ChangeClass
    /// The numbers of the electors, ascending.
    let electorate: [Int]
    /// The yes votes needed.
    let quorum: Int
    /// How many times the no votes the yes votes must reach.
    let margin: Int
    /// How long it lasts, milliseconds.
    let period: Int64
    /// From the close to the enactment, milliseconds.
    let delay: Int64
    /// How much later an enactment may still happen, milliseconds.
    let applyBy: Int64
    /// By how much a late turn of the outcome extends it, milliseconds.
    let swing: Int64
    /// Whether it closes at once when every elector's ballot is yes.
    let closesWhenUnanimous: Bool
}

extension State {
    /// The terms of a vote that opens at a time.
    func terms(of proposal: Proposal, _ planned: Planned, at t: Int64) -> VoteTerms {
        guard let charter else {
            preconditionFailure("nothing is proposed before there is a charter")
        }
        let rules = charter.rules(for: planned.changeClass)
        var electorate = electorate(at: t)
        var margin = rules.margin
        var delay = rules.delay.milliseconds
        var closesWhenUnanimous = true
        switch proposal.proposing.content.lone {
        case .recover(let member, _): electorate.removeAll { $0 == member }
        case .void:
            margin = 1
            delay = 0
        case .revert, .confirm: delay = 0
        case .charter, .expel: closesWhenUnanimous = false
        case .motion, .admit, .stewards, .logKey, nil: break
        }
        return VoteTerms(
            changeClass: planned.changeClass, electorate: electorate,
            quorum: rules.yesNeeded(of: electorate.count, in: planned.changeClass),
            margin: margin, period: rules.voting.milliseconds, delay: delay,
            applyBy: rules.applyBy.milliseconds,
            swing: charter.lateSwing.share(of: rules.voting.milliseconds),
            closesWhenUnanimous: closesWhenUnanimous)
    }
}
