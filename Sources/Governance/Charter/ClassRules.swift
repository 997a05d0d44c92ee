package import Routing

/// What a charter asks of one class of proposals.
package struct ClassRules: Equatable, Sendable {
    /// The yes votes needed, as a multiple of √N.
    package let quorum: Multiplier
    /// How many times the no votes the yes votes must reach; 1…10.
    package let margin: Int
    /// The least time before the voting opens.
    package let discussion: Period
    /// How long the voting lasts.
    package let voting: Period
    /// From the close to the enactment.
    package let delay: Period
    /// How long after that instant an enactment may still happen.
    package let applyBy: Period

    /// The yes votes needed of N electors.
    ///
    /// At least min(2, N), so that nobody decides alone where there are two; at most ⌊N/2⌋+1, for
    /// constitutional proposals ⌈2N/3⌉, so that a quorum can always be met.
    package func yesNeeded(of electors: Int, in changeClass: ChangeClass) -> Int {
        let most = changeClass == .constitutional ? (2 * electors + 2) / 3 : electors / 2 + 1
        return min(max(quorum.timesRoot(of: electors), min(2, electors)), max(most, 1))
    }

    /// How a tally comes out: ties fail, and silence never carries.
    package static func outcome(of tally: Tally, quorum: Int, margin: Int) -> Outcome {
        guard tally.yes >= quorum else { return .noQuorum }
        let (needed, overflow) = tally.no.multipliedReportingOverflow(by: margin)
        return !overflow && tally.yes >= needed && tally.yes > tally.no ? .passed : .failed
    }
}

/// The ballots in force of one vote, counted.
package struct Tally: Equatable, Sendable {
    /// Electors who said yes.
    package var yes = 0
    /// Electors who said no.
    package var no = 0
    /// Electors who took part without a side; they show turnout only.
    package var abstain = 0

    /// A count.
    package init(yes: Int = 0, no: Int = 0, abstain: Int = 0) {
        self.yes = yes
        self.no = no
        self.abstain = abstain
    }

    /// Adds or takes away one ballot.
    mutating func count(_ choice: Choice, by step: Int) {
        switch choice {
        case .yes: yes += step
        case .no: no += step
        case .abstain: abstain += step
        }
    }
}

/// How a vote ended.
package enum Outcome: String, Sendable {
    /// Enough yes votes, and enough more than no votes.
    case passed
    /// The quorum of yes votes was there, the margin over no was not.
    case failed
    /// Too few yes votes.
    case noQuorum = "no-quorum"
}
