package import CanonicalJSON
package import Routing

/// One proposal and how far it has come.
package struct Proposal: Sendable {
    /// 1, 2, … in the order of the log.
    package let number: Int
    /// The member who asks.
    package let by: Int
    /// The hash of the `propose`.
    package let statement: ContentDigest
    /// The index of its entry.
    package let index: Int
    /// When it was logged.
    package let proposed: Int64
    /// What it asks for.
    package let proposing: Proposing
    /// The members who sponsored it, its proposer first.
    package internal(set) var sponsors: [Int]
    /// When the last of them signed.
    package internal(set) var lastSponsorAt: Int64
    /// How far it has come.
    package internal(set) var phase: Phase
    /// What it would change on the table of the day; meaningful in discussion.
    package internal(set) var standing: Standing

    /// How far a proposal has come.
    package enum Phase: Sendable {
        /// Waiting for sponsors, time and room.
        case discussion
        /// The vote is open.
        case voting(Vote)
        /// It carried and waits for its delay.
        case queued(Vote, Closing)
        /// It is over.
        case ended(Vote?, Closing?, Ending)
    }

    /// What a proposal would change on the table of the day.
    package enum Standing: Sendable {
        /// It can be planned.
        case clean(Planned)
        /// It cannot, and why.
        case refused(String)
    }
}

/// What a proposal would change, as far as the rules look at it.
package struct Planned: Sendable, Equatable {
    /// The class that follows.
    package let changeClass: ChangeClass
    /// Why, in words.
    package let reasons: [String]
    /// SHA-256 of the plan.
    package let plan: ContentDigest
    /// SHA-256 of the plan without its class.
    package let effect: ContentDigest
    /// The plan as served.
    package let value: JSONValue
}

/// An open vote: all that its `open` entry fixed, and the ballots so far.
package struct Vote: Sendable {
    /// The leaf hash of the `open` entry, which ballots name.
    package let leaf: ContentDigest
    /// The index of that entry.
    package let index: Int
    /// When it opened.
    package let opened: Int64
    /// When it closes.
    package let closes: Int64
    /// The class voted on.
    package let changeClass: ChangeClass
    /// SHA-256 of the effect voted on.
    package let effect: ContentDigest
    /// How many may vote: N, frozen at the opening.
    package let electors: Int
    /// The numbers of those who may vote, ascending; emptied at the close.
    var electorate: [Int]
    /// The yes votes needed.
    package let quorum: Int
    /// How many times the no votes the yes votes must reach.
    package let margin: Int
    /// From the close to the enactment, milliseconds.
    package let delay: Int64
    /// How much later an enactment may still happen, milliseconds.
    package let applyBy: Int64
    /// The ballots in force.
    package internal(set) var tally = Tally()
    /// Each elector's ballot in force; emptied at the close, since no rule looks at them again.
    var ballots: [Int: CastBallot] = [:]
    /// When every elector's ballot in force became yes.
    package internal(set) var unanimousAt: Int64?

    /// An elector's ballot in force.
    struct CastBallot: Sendable {
        let statement: ContentDigest
        let choice: Choice
        /// How many ballots this elector has cast on this vote.
        let count: Int
    }

    /// The hash of the elector's ballot in force, for the next one's `replaces`.
    package func ballotInForce(of member: Int) -> ContentDigest? { ballots[member]?.statement }

    /// Whether a member may vote.
    ///
    /// - Complexity: O(log N).
    package func isElector(_ member: Int) -> Bool {
        var low = 0
        var high = electorate.count
        while low < high {
            let middle = (low + high) / 2
            if electorate[middle] < member { low = middle + 1 } else { high = middle }
        }
        return low < electorate.count && electorate[low] == member
    }
}

/// How and when a vote ended.
package struct Closing: Sendable, Equatable {
    /// The index of the `close` entry.
    package let index: Int
    /// Its `t`.
    package let t: Int64
    /// What came out.
    package let outcome: Outcome
    /// When the enactment is due, if it passed.
    package let enactDue: Int64
}

/// How and when a proposal ended.
package struct Ending: Sendable, Equatable {
    /// In what way.
    package let status: ProposalStatus
    /// The index of the entry that ended it.
    package let index: Int
    /// Its `t`.
    package let t: Int64
}

/// The status of a proposal, one word.
package enum ProposalStatus: String, CaseIterable, Sendable {
    /// Waiting for sponsors, time and room.
    case discussion
    /// The vote is open.
    case voting
    /// Carried, waiting for its delay.
    case queued
    /// In force.
    case enacted
    /// The margin was not reached.
    case failed
    /// The quorum was not reached.
    case noQuorum = "no-quorum"
    /// Its effect was no longer the one voted on.
    case stale
    /// It was not enacted in time.
    case lapsed
    /// The discussion ended for want of sponsors.
    case expired
}

extension Proposal {
    /// The status, from the phase.
    package var status: ProposalStatus {
        switch phase {
        case .discussion: .discussion
        case .voting: .voting
        case .queued: .queued
        case .ended(_, _, let ending): ending.status
        }
    }

    /// The vote, once it opened.
    package var vote: Vote? {
        switch phase {
        case .discussion: nil
        case .voting(let vote), .queued(let vote, _): vote
        case .ended(let vote, _, _): vote
        }
    }

    /// The close, once there was one.
    package var closing: Closing? {
        switch phase {
        case .discussion, .voting: nil
        case .queued(_, let closing): closing
        case .ended(_, let closing, _): closing
        }
    }
}
